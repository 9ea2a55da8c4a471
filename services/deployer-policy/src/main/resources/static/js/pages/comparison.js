import { h, table } from '../dom.js';
import { count, counted, fromHex, outcomeText, refusalText } from '../format.js';
import { differences, marksOf, spanText } from '../memory/model.js';
import { Strip } from '../memory/strip.js';
import { stripLegend, stripToolbar } from '../memory/toolbar.js';
import { Viewport } from '../memory/viewport.js';
import { badge, tag } from '../widgets/badge.js';
import { fingerprint } from '../widgets/fingerprint.js';
import { callCounts, firstDivergence } from './divergence.js';

const SPANS_MAX = 20;

/**
 * @typedef {object} Side one of two realms, launched or rehearsed
 * @property {string} name
 * @property {(call?: number) => string} [href] to its page, or to a call on it
 * @property {string} [phase]
 * @property {any} spec
 * @property {string} [host]
 * @property {string} [policy] who decided
 * @property {any} [plan]
 * @property {any} [outcome]
 * @property {any} [rmi] what the RMM refused
 * @property {string} [rim]
 * @property {string} [why] why there is nothing to see
 * @property {string[]} [warnings]
 * @property {any[]} calls
 * @property {import('../memory/model.js').Run[]} runs
 */

/** Everything about two sides. @param {Side} one @param {Side} other @param {AbortSignal} signal */
export const comparisonView = (one, other, signal) => [sidesView(one, other), memoriesView(one, other, signal), callsView(one, other)];

const linked = (side, call) => (side.href ? h('a', { href: side.href(call) }, side.name) : side.name);

function sidesView(one, other) {
  const row = (label, of) => [label, of(one) ?? '–', of(other) ?? '–'];
  return h('section', { class: 'card', 'aria-labelledby': 'sides' }, h('h2', { id: 'sides' }, 'Side by side'),
    table('Both realms', ['What', one.name, other.name], [
      (one.href || other.href) && row('Realm', side => [linked(side), ' ', side.phase && badge(side.phase)]),
      row('Host', ({ host }) => host),
      row('Decided by', ({ policy }) => policy),
      row('Mode and verdict', ({ plan }) => plan && `${plan.ripasMode.kind}, ${plan.verdict.kind}`),
      row('Outcome', outcomeView),
      row('RIM', ({ rim }) => rim && fingerprint(rim)),
      row('RMI calls', ({ calls }) => count(calls.length)),
      (one.warnings || other.warnings) && row('Warnings', ({ warnings = [] }) => warnings.map(code => [tag(code, 'warn'), ' '])),
    ].filter(Boolean)),
    rimVerdict(one, other));
}

function outcomeView({ outcome, rmi, why }) {
  if (outcome) {
    return [badge(outcome.kind), ' ', outcomeText(outcome)];
  }
  return rmi ? [badge('REFUSED_BY_RMM'), ' ', refusalText(rmi)] : why && h('span', { class: 'bad-text' }, why);
}

function rimVerdict(one, other) {
  if (!one.rim || !other.rim) {
    return null;
  }
  return one.rim === other.rim
    ? h('p', { class: 'state' }, '= Both have the same RIM: whoever looks at the measurement alone cannot tell them apart.')
    : h('p', { class: 'state' }, '≠ Their RIMs differ.');
}

function memoriesView(one, other, signal) {
  const space = 2 ** Math.max(one.spec.ipaBits ?? 40, other.spec.ipaBits ?? 40);
  const viewport = new Viewport(space);
  const bounds = [one, other].flatMap(({ spec }) => spec.memslots)
    .map(({ base, size }) => ({ base: fromHex(base), end: fromHex(base) + fromHex(size) }));
  viewport.fit({ base: Math.min(...bounds.map(({ base }) => base)), end: Math.max(...bounds.map(({ end }) => end)) });
  const changed = differences(one.runs, other.runs);
  const strips = [one, other].map(side => {
    const strip = new Strip(`IPA space of ${side.name}`, viewport, signal);
    const { spec, plan, outcome, runs } = side;
    strip.show({ runs, marks: marksOf(spec, plan), changed, fault: outcome?.ipa ? fromHex(outcome.ipa) : null, cursor: bounds[0].base });
    return { strip, view: h('div', { class: 'section-body' }, h('h3', {}, side.name), strip.element) };
  });
  return h('section', { class: 'card', 'aria-labelledby': 'memories' }, h('h2', { id: 'memories' }, 'Memory at the outcome'),
    stripToolbar(viewport, strips[0].strip, changed.slice(0, 3).map((span, i) => [`Difference ${i + 1}`, span])),
    strips.map(({ view }) => view), stripLegend(),
    changed.length === 0
      ? h('p', {}, '✓ Every IPA is in the same state in both.')
      : h('details', {}, h('summary', {}, counted(changed.length, 'span differs', 'spans differ')),
        table('Spans that differ', ['Span'], changed.slice(0, SPANS_MAX).map(span => [h('code', {}, spanText(span))]))));
}

function callsView(one, other) {
  const divergence = firstDivergence(one.calls, other.calls);
  return h('section', { class: 'card', 'aria-labelledby': 'calls' }, h('h2', { id: 'calls' }, 'RMI calls'),
    h('p', {}, divergence ? `The first call that is not the same is number ${divergence.at}:` : '✓ All calls are the same, apart from which granules the host took.'),
    divergence && table('First divergence', ['Realm', 'Call', 'Status', 'Arguments'],
      [[one, divergence.left], [other, divergence.right]].map(([side, call]) => [
        linked(side, divergence.at), h('code', {}, call?.command ?? 'no more calls'), call?.status ?? '', h('code', {}, call?.arguments.join(' ') ?? '')])),
    h('h3', {}, 'How often each command was called'), countsView(one, other));
}

/** Each command with a bar for each side; the numbers beside them say the same. */
function countsView(one, other) {
  const rows = callCounts(one.calls, other.calls);
  const most = Math.max(1, ...rows.flatMap(([, mine, theirs]) => [mine, theirs]));
  return table('How often each command was called', ['Command', one.name, other.name, 'Difference'], rows.map(([command, mine, theirs]) =>
    [h('code', {}, command), barView(mine, most), barView(theirs, most), mine === theirs ? h('span', { class: 'muted' }, '=') : h('strong', {}, `${theirs > mine ? '+' : '−'}${Math.abs(theirs - mine)}`)]));
}

function barView(value, most) {
  const bar = h('span', { class: 'count-bar', 'aria-hidden': 'true' });
  bar.style.width = `${(value / most) * 8}rem`;
  return h('span', { class: 'count' }, h('span', { class: 'count-number' }, count(value)), bar);
}
