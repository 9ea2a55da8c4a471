import { get } from '../api.js';
import { fill, h, table } from '../dom.js';
import { time } from '../format.js';
import { link } from '../router.js';
import { badge } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';

const SHOWN_MAX = 200;
/** How far back the page begins; older events are in the stream, too, as long as the service keeps them. */
const BACK = 100;

export const title = () => 'Events';

/** @type {import('../router.js').Page['show']} */
export function show(root, { left }) {
  const shown = h('section', { class: 'card', 'aria-label': 'Events', 'aria-live': 'polite' }, loadingView('events'));
  const newestFirst = [];
  root.append(h('p', { class: 'muted' }, 'What happens to realms and hosts, the latest first. Links lead to what is there now.'), shown);
  get('/v1/realms', { query: { pageSize: 1 }, signal: left }).then(({ lastEventId }) => follow(lastEventId), fail);

  function follow(lastEventId) {
    const source = new EventSource(`/v1/events?after=${Math.max(0, lastEventId - BACK)}`);
    left.addEventListener('abort', () => source.close());
    let frame = 0;
    const heard = event => {
      newestFirst.unshift(JSON.parse(event.data));
      newestFirst.length = Math.min(newestFirst.length, SHOWN_MAX);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    source.addEventListener('REALM', heard);
    source.addEventListener('HOST', heard);
    source.addEventListener('open', draw);
    source.addEventListener('error', () => source.readyState === EventSource.CLOSED && fail(new Error('The service has ended the stream of events.')));
  }

  function draw() {
    fill(shown, newestFirst.length > 0 ? tableOf(newestFirst) : emptyView('Nothing has happened lately.'));
  }

  function fail(failure) {
    if (failure.name !== 'AbortError') {
      fill(shown, failureView(failure));
    }
  }
}

function tableOf(events) {
  return table('Events', ['Number', 'When', 'What', 'Change', 'State', 'Reason'], events.map(({ id, at, subject, name, change, state, reason }) => [
    id, time(at),
    h('a', { href: subject === 'REALM' ? link(['realms', name]) : link(['fleet']) }, `${subject.toLowerCase()} ${name}`),
    change.toLowerCase(), badge(state), reason ?? '',
  ]));
}
