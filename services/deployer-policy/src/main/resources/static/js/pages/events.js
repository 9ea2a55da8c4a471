import { get } from '../api.js';
import { fill, h, table } from '../dom.js';
import { EventStream } from '../events.js';
import { time } from '../format.js';
import { link } from '../router.js';
import { badge } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';

const SHOWN_MAX = 200;
/** How far back the page begins; older events are in the stream, too, as long as the service keeps them. */
const BACK = 100;
/** In ms. */
const RETRY_AFTER = 2000;

export const title = () => 'Events';

/** @type {import('../router.js').Page['show']} */
export function show(root, { left }) {
  const shown = h('section', { class: 'card', 'aria-label': 'Events', 'aria-live': 'polite' }, loadingView('events'));
  const newestFirst = [];
  const broken = h('div', { 'aria-live': 'assertive' });
  root.append(h('p', { class: 'muted' }, 'What happens to realms and hosts, the latest first. Links lead to what is there now.'), h('div', {}, broken, shown));
  begin();

  /** From where to read is asked for until it is known; after that the stream sees to itself. */
  function begin() {
    get('/v1/realms', { query: { pageSize: 1 }, signal: left }).then(({ lastEventId }) => follow(lastEventId), failure => {
      fail(failure);
      setTimeout(() => !left.aborted && begin(), RETRY_AFTER);
    });
  }

  function follow(lastEventId) {
    const stream = new EventStream(left, Math.max(0, lastEventId - BACK));
    let frame = 0;
    stream.addEventListener('event', ({ detail }) => {
      newestFirst.unshift(detail);
      newestFirst.length = Math.min(newestFirst.length, SHOWN_MAX);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    });
    stream.addEventListener('open', () => {
      broken.replaceChildren();
      draw();
    });
    stream.addEventListener('broken', ({ detail }) => fail(detail));
  }

  function draw() {
    fill(shown, newestFirst.length > 0 ? tableOf(newestFirst) : emptyView('Nothing has happened lately.'));
  }

  function fail(failure) {
    if (failure.name !== 'AbortError') {
      fill(broken, failureView(failure));
      if (newestFirst.length === 0) {
        shown.replaceChildren();
      }
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
