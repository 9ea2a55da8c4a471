import { get, getAll, path } from '../api.js';
import { fill, freshId, h, table } from '../dom.js';
import { count, fromHex, outcomeText } from '../format.js';
import { differences, marksOf, spanText } from '../memory/model.js';
import { Rewind } from '../memory/rewind.js';
import { Strip } from '../memory/strip.js';
import { stripLegend, stripToolbar } from '../memory/toolbar.js';
import { Viewport } from '../memory/viewport.js';
import { keepQuery, link, Turn } from '../router.js';
import { badge } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { callCounts, firstDivergence } from './divergence.js';

const NAMES_MAX = 500;
const SPANS_MAX = 20;

export const title = () => 'Compare two realms';

/** @type {import('../router.js').Page['show']} */
export function show(root, { query, left: gone }) {
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
        fill(shown, sides(one, other), memories(one, other, signal), calls(one, other));
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(shown, failureView(failure, compare));
      }
    }
  }
}

async function load(name, signal) {
  const realm = await get(path('realms', name), { signal });
  if (!realm.status.agentRealm) {
    return { realm, calls: [], runs: [] };
  }
  const made = await getAll(path('realms', name, 'timeline'), 'calls', { signal });
  const last = lastWithRealm(made);
  return { realm, calls: made, runs: last < 0 ? [] : await new Rewind(name, signal).after(last) };
}

/** The last call before the realm was taken down, for a realm that is gone is best compared as it was. */
function lastWithRealm(calls) {
  const down = calls.findIndex(({ command }, i) => i > 0 && /REC_DESTROY|REALM_TERMINATE|REALM_DESTROY/.test(command));
  return (down < 0 ? calls.length : down) - 1;
}

function sides(one, other) {
  const row = (label, of) => [label, of(one), of(other)];
  const same = one.realm.status.rim === other.realm.status.rim;
  return h('section', { class: 'card', 'aria-labelledby': 'sides' }, h('h2', { id: 'sides' }, 'Side by side'),
    table('Both realms', ['What', one.realm.name, other.realm.name], [
      row('Realm', ({ realm }) => [h('a', { href: link(['realms', realm.name]) }, realm.name), ' ', badge(realm.status.phase)]),
      row('Host', ({ realm }) => realm.status.host ?? '–'),
      row('Policy', ({ realm }) => realm.policy ?? '–'),
      row('Mode and verdict', ({ realm: { status: { plan } } }) => (plan ? `${plan.ripasMode.kind}, ${plan.verdict.kind}` : '–')),
      row('Outcome', ({ realm: { status: { outcome } } }) => (outcome ? [badge(outcome.kind), ' ', outcomeText(outcome)] : '–')),
      row('RIM', ({ realm }) => h('code', {}, realm.status.rim ?? '–')),
    ]),
    one.realm.status.rim && other.realm.status.rim && h('p', {}, same
      ? '✓ Both have the same RIM: whoever looks at the measurement alone cannot tell them apart.'
      : '✕ Their RIMs differ.'));
}

function memories(one, other, signal) {
  const space = 2 ** Math.max(one.realm.spec.ipaBits ?? 40, other.realm.spec.ipaBits ?? 40);
  const viewport = new Viewport(space);
  const bounds = [one, other].flatMap(({ realm }) => realm.spec.memslots)
    .map(({ base, size }) => ({ base: fromHex(base), end: fromHex(base) + fromHex(size) }));
  viewport.fit({ base: Math.min(...bounds.map(({ base }) => base)), end: Math.max(...bounds.map(({ end }) => end)) });
  const changed = differences(one.runs, other.runs);
  const strips = [one, other].map(({ realm, runs }) => {
    const strip = new Strip(`IPA space of ${realm.name}`, viewport, signal);
    const { outcome, plan } = realm.status;
    strip.show({ runs, marks: marksOf(realm.spec, plan), changed, fault: outcome?.ipa ? fromHex(outcome.ipa) : null, cursor: bounds[0].base });
    return { strip, view: h('div', { class: 'section-body' }, h('h3', {}, realm.name), strip.element) };
  });
  return h('section', { class: 'card', 'aria-labelledby': 'memories' }, h('h2', { id: 'memories' }, 'Memory'),
    stripToolbar(viewport, strips[0].strip, changed.slice(0, 3).map((span, i) => [`Difference ${i + 1}`, span])),
    strips.map(({ view }) => view), stripLegend(),
    changed.length === 0
      ? h('p', {}, '✓ Every IPA is in the same state in both.')
      : h('details', {}, h('summary', {}, `${changed.length} spans differ`),
        table('Spans that differ', ['Span'], changed.slice(0, SPANS_MAX).map(span => [h('code', {}, spanText(span))]))));
}

function calls(one, other) {
  const divergence = firstDivergence(one.calls, other.calls);
  return h('section', { class: 'card', 'aria-labelledby': 'calls' }, h('h2', { id: 'calls' }, 'RMI calls'),
    h('p', {}, divergence ? `The first call that is not the same is number ${divergence.at}:` : '✓ All calls are the same, apart from which granules the host took.'),
    divergence && table('First divergence', ['Realm', 'Call', 'Status', 'Arguments'],
      [[one, divergence.left], [other, divergence.right]].map(([{ realm }, call]) => [
        h('a', { href: link(['realms', realm.name], { call: divergence.at }) }, realm.name),
        h('code', {}, call?.command ?? 'no more calls'), call?.status ?? '', h('code', {}, call?.arguments.join(' ') ?? '')])),
    table('How often each command was called', ['Command', one.realm.name, other.realm.name, 'Difference'],
      callCounts(one.calls, other.calls).map(([command, mine, theirs]) =>
        [h('code', {}, command), count(mine), count(theirs), mine === theirs ? '=' : `${theirs > mine ? '+' : '−'}${Math.abs(theirs - mine)}`])));
}
