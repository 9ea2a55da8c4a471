import { get } from '../api.js';
import { fill, h, terms } from '../dom.js';
import { count, counted, time } from '../format.js';
import { keepQuery, link, Turn } from '../router.js';
import { debounced } from '../widgets/form.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';

const EVENTS = ['POLICY_CREATED', 'POLICY_REVISED', 'POLICY_PUBLISHED', 'DECIDED', 'GRANTED', 'LAUNCHED', 'LAUNCH_FAILED', 'RAN', 'STOPPED', 'LOST', 'DELETED', 'APPRAISED', 'REFUSED'];
/** Subjects that have a page here. */
const PAGES = { realm: 'realms', policy: 'policies' };

export const title = () => 'Audit';

/** @type {import('../router.js').Page['show']} */
export function show(root, { query, left }) {
  const filter = { event: query.get('event') ?? '', subject: query.get('subject') ?? '' };
  const turn = new Turn();
  left.addEventListener('abort', () => turn.next());
  const list = h('ol', { class: 'audit', 'aria-label': 'Entries' });
  const under = h('div', {});
  const changed = debounced(() => {
    keepQuery(filter);
    begin();
  });
  const set = name => event => {
    filter[name] = event.target.value.trim();
    changed();
  };
  root.append(verification(left),
    h('form', { class: 'filters', role: 'search', 'aria-label': 'Filter entries', onsubmit: event => event.preventDefault() },
      h('label', {}, 'Event', h('select', { onchange: set('event') }, ['', ...EVENTS].map(event => h('option', { value: event, selected: event === filter.event }, event || 'any')))),
      h('label', {}, 'Subject', h('input', { value: filter.subject, oninput: set('subject'), placeholder: 'realm/first', spellcheck: 'false', autocomplete: 'off' }))),
    list, under);
  begin();

  function begin() {
    list.replaceChildren();
    more('', turn.next());
  }

  async function more(pageToken, signal) {
    fill(under, loadingView('entries'));
    try {
      const page = await get('/v1/audit', { query: { ...filter, pageToken }, signal });
      list.append(...page.entries.map(entryView));
      fill(under, page.nextPageToken
        ? h('button', { type: 'button', onclick: () => more(page.nextPageToken, signal) }, 'Show later entries')
        : list.childElementCount === 0 && emptyView('There is no such entry.'));
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(under, failureView(failure, () => more(pageToken, signal)));
      }
    }
  }
}

function entryView({ position, at, actor, event, subject, details, previous, hash }) {
  const [kind, name] = subject.split('/');
  return h('li', {}, h('details', {},
    h('summary', {}, h('span', { class: 'mono' }, `${count(position)} ${event}`), ` ${subject}`, h('span', { class: 'muted' }, ` ${time(at)} by ${actor}`)),
    h('div', { class: 'section-body' },
      PAGES[kind] && h('p', {}, h('a', { href: link([PAGES[kind], name]) }, `Go to ${subject}`)),
      h('pre', { tabindex: 0, 'aria-label': `Details of entry ${position}` }, JSON.stringify(details, null, 2)),
      terms([['Hash', h('code', {}, hash)], ['Before it', h('code', {}, previous)]]))));
}

/** Whether the chain holds, as the service finds it; a head that was noted elsewhere shows a cut-off end, too. */
function verification(left) {
  const head = h('input', { placeholder: 'position:hash', spellcheck: 'false', autocomplete: 'off', class: 'mono' });
  const result = h('div', { class: 'section-body', 'aria-live': 'polite' });
  return h('section', { class: 'card', 'aria-labelledby': 'verify' },
    h('h2', { id: 'verify' }, 'Verify'),
    h('form', { class: 'filters', onsubmit: verify }, h('label', {}, 'A head noted earlier, if there is one', head), h('button', { class: 'primary' }, 'Verify the trail')),
    result);

  async function verify(event) {
    event.preventDefault();
    fill(result, loadingView('and checking every entry'));
    try {
      fill(result, reportView(await get('/v1/audit/verify', { query: { head: head.value.trim() }, signal: left })));
    } catch (failure) {
      fill(result, failureView(failure));
    }
  }
}

function reportView({ intact, head, findings }) {
  return [
    intact
      ? h('p', { class: 'state good' }, `✓ ${counted(head.position, 'entry', 'entries')}: each has the hash it says, and follows the one before.`)
      : h('p', { class: 'state failure' }, `✕ ${counted(findings.length, 'finding')}.`),
    findings.length > 0 && h('ul', { class: 'bullets bad-text' }, findings.map(({ position, fault, message }) => h('li', {}, `${count(position)} ${fault}: ${message}`))),
    terms([['Head', h('code', {}, `${head.position}:${head.hash}`)]]),
    h('p', { class: 'muted' }, 'Note the head elsewhere: only with it can anybody tell later that the end was not cut off.'),
  ];
}
