import { get, getAll, path } from '../api.js';
import { fill, freshId, h } from '../dom.js';
import { Rewind } from '../memory/rewind.js';
import { keepQuery, link, Turn } from '../router.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { comparePlans } from './compare-plans.js';
import { comparisonView } from './comparison.js';

const NAMES_MAX = 500;

export const title = () => 'Compare';

/** @type {import('../router.js').Page['show']} */
export function show(root, route) {
  const plans = route.query.get('what') === 'plans';
  const way = (label, query, current) => h('li', {}, h('a', { href: link(['compare'], query), 'aria-current': current && 'true' }, label));
  root.append(h('nav', { 'aria-label': 'What to compare' }, h('ul', { class: 'tabs' },
    way('Two realms', {}, !plans),
    way('One realm under two plans', { what: 'plans' }, plans))));
  (plans ? comparePlans : compareRealms)(root, route);
}

function compareRealms(root, { query, left: gone }) {
  const chosen = { left: query.get('left') ?? '', right: query.get('right') ?? '' };
  const names = h('datalist', { id: freshId('names') });
  const shown = h('div', { class: 'page-body' });
  const turn = new Turn();
  gone.addEventListener('abort', () => turn.next());
  const pick = (side, label) => h('label', {}, label,
    h('input', { list: names.id, value: chosen[side], spellcheck: 'false', autocomplete: 'off', onchange: event => choose(side, event.target.value.trim()) }));
  root.append(h('form', { class: 'filters compare-names', 'aria-label': 'Realms to compare', onsubmit: event => event.preventDefault() },
    pick('left', 'One realm'), pick('right', 'Another realm')), names, shown);
  get('/v1/realms', { query: { pageSize: NAMES_MAX }, signal: gone })
    .then(({ realms }) => names.append(...realms.map(({ name }) => h('option', { value: name }))), () => {});
  compare();

  function choose(side, name) {
    chosen[side] = name;
    keepQuery(chosen);
    compare();
  }

  async function compare() {
    const signal = turn.next();
    if (!chosen.left || !chosen.right) {
      fill(shown, emptyView('Name two realms: the same guest under two policies shows what the choice of who declares RAM comes to.'));
      return;
    }
    fill(shown, loadingView('both realms'));
    try {
      const [one, other] = await Promise.all([load(chosen.left, signal), load(chosen.right, signal)]);
      if (!signal.aborted) {
        fill(shown, comparisonView(one, other, signal));
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(shown, failureView(failure, compare));
      }
    }
  }
}

/** @returns {Promise<import('./comparison.js').Side>} */
async function load(name, signal) {
  const { spec, policy, status } = await get(path('realms', name), { signal });
  const calls = status.agentRealm ? await getAll(path('realms', name, 'timeline'), 'calls', { signal }) : [];
  const last = lastWithRealm(calls);
  const runs = last < 0 ? [] : await new Rewind(name, signal).after(last);
  const { phase, host, plan, outcome, rim } = status;
  return { name, href: call => link(['realms', name], call === undefined ? {} : { call }), phase, spec, host, policy, plan, outcome, rim, calls, runs };
}

/** The last call before the realm was taken down, for a realm that is gone is best compared as it was. */
function lastWithRealm(calls) {
  const down = calls.findIndex(({ command }, i) => i > 0 && /REC_DESTROY|REALM_TERMINATE|REALM_DESTROY/.test(command));
  return (down < 0 ? calls.length : down) - 1;
}
