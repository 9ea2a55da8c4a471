import { fill, h } from '../dom.js';
import { count, counted, outcomeText, shortDigest } from '../format.js';
import { watch } from '../live.js';
import { keepQuery, link } from '../router.js';
import { badge } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { VirtualList } from '../widgets/virtual-list.js';
import { RealmPages } from './realm-pages.js';

const PHASES = ['PENDING', 'DECIDED', 'PLACED', 'LAUNCHING', 'ACTIVE', 'RUNNING', 'STOPPED', 'DENIED', 'FAILED', 'LOST', 'DELETING'];
const TYPING_PAUSE = 300;

export const title = () => 'Realms';

/** @type {import('../router.js').Page['show']} */
export function show(root, { query, left }) {
  const filter = { phase: query.get('phase') ?? '', host: query.get('host') ?? '', label: query.get('label') ?? '' };
  const number = h('p', { class: 'muted', role: 'status' });
  const under = h('div', {}, loadingView('realms'));
  const list = new VirtualList('Realms', realmRow, realm => realm.name, () => more());
  list.element.classList.add('realm-list');
  list.element.hidden = true;
  const columns = h('div', { class: 'realm-row realm-columns', 'aria-hidden': 'true' }, ['Realm', 'Phase', 'Outcome', 'Host', 'Policy', 'RIM'].map(column => h('span', {}, column)));
  columns.hidden = true;
  root.append(
    h('div', { class: 'row spread' }, filterForm(filter, changed), h('a', { class: 'button primary', href: link(['launch']) }, 'Launch a realm')),
    number, h('div', {}, columns, list.element), under);

  let pages = new RealmPages(filter);
  let live = start();
  left.addEventListener('abort', () => live.stop());

  function start() {
    return watch(signal => {
      const { first, end } = list.range;
      return pages.load(first, Math.max(end, first + 1), signal);
    }, draw, failure => fill(under, failureView(failure, () => live.refresh())), () => pages.version);
  }

  function draw(realms) {
    list.element.hidden = realms.length === 0;
    columns.hidden = realms.length === 0;
    list.set(realms);
    number.textContent = pages.hasMore ? `The first ${count(realms.length)} realms; more come while you scroll.` : counted(realms.length, 'realm');
    fill(under, realms.length === 0 && nothing(filter));
  }

  function more() {
    pages.more(left).then(grown => grown && draw(grown), failure => fill(under, failureView(failure, more)));
  }

  function changed() {
    keepQuery(filter);
    live.stop();
    pages = new RealmPages(filter);
    list.element.scrollTop = 0;
    live = start();
  }
}

function filterForm(filter, changed) {
  let typing = 0;
  const set = (name, pause) => event => {
    filter[name] = event.target.value.trim();
    clearTimeout(typing);
    typing = setTimeout(changed, pause);
  };
  return h('form', { class: 'filters', role: 'search', 'aria-label': 'Filter realms', onsubmit: event => event.preventDefault() },
    h('label', {}, 'Phase',
      h('select', { onchange: set('phase', 0), value: filter.phase },
        ['', ...PHASES].map(phase => h('option', { value: phase, selected: phase === filter.phase }, phase || 'any')))),
    h('label', {}, 'Host',
      h('input', { oninput: set('host', TYPING_PAUSE), value: filter.host, placeholder: 'any', spellcheck: 'false', autocomplete: 'off' })),
    h('label', {}, 'Label',
      h('input', { oninput: set('label', TYPING_PAUSE), value: filter.label, placeholder: 'key=value', spellcheck: 'false', autocomplete: 'off' })));
}

function realmRow({ name, status, policy }) {
  return h('div', { class: 'realm-row' },
    h('a', { class: 'realm-name', href: link(['realms', name]), title: name }, name),
    h('span', { class: 'realm-phase' }, badge(status.phase)),
    h('span', { class: 'realm-outcome' }, status.outcome ? badge(status.outcome.kind, outcomeText(status.outcome)) : reason(status)),
    h('span', { class: 'realm-host', title: 'host' }, status.host ?? '–'),
    h('span', { class: 'realm-policy muted', title: 'policy' }, policy ?? ''),
    h('span', { class: 'realm-rim mono muted', title: status.rim && `RIM ${status.rim}` }, status.rim ? shortDigest(status.rim) : ''));
}

const reason = status => h('span', { class: 'muted', title: status.message }, status.reason ?? '–');

function nothing(filter) {
  return Object.values(filter).some(Boolean)
    ? emptyView('No realm fits these filters.')
    : emptyView('There is no realm yet.');
}
