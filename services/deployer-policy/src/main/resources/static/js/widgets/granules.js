import { h } from '../dom.js';
import { count, counted, size } from '../format.js';

const GRANULE_BYTES = 4096;
/** States in the order in which a granule goes through them; what a machine calls otherwise comes last. */
const ORDER = ['NS', 'DELEGATED', 'RD', 'REC', 'REC_AUX', 'RTT', 'DATA', 'INTERNAL'];

/**
 * The granules of a machine by state: a bar of those that are not NS, for these are what realms hold, and a table.
 *
 * @param {{granules: Record<string, number>, freeGranules: number, leakedGranules: number, dramBytes: string}} report
 */
export function granulesView(report) {
  const total = Object.values(report.granules).reduce((sum, granules) => sum + granules, 0);
  const states = Object.entries(report.granules)
    .filter(([, granules]) => granules > 0)
    .sort(([one], [other]) => rank(one) - rank(other));
  const used = states.filter(([state]) => state !== 'NS');
  const usedTotal = used.reduce((sum, [, granules]) => sum + granules, 0);
  return h('div', { class: 'granules' },
    h('p', {}, `${counted(usedTotal, 'granule')} of ${count(total)} in use by realms (${size(usedTotal * GRANULE_BYTES)})`,
      ', ', `${count(report.freeGranules)} free`),
    leaks(report.leakedGranules),
    usedTotal > 0 && bar(used, usedTotal),
    h('ul', { class: 'legend' }, states.map(([state, granules]) =>
      h('li', {}, state !== 'NS' && h('span', { class: `swatch granule-${state}`, 'aria-hidden': 'true' }),
        h('span', {}, state), ' ', h('strong', {}, count(granules))))));
}

function rank(state) {
  const index = ORDER.indexOf(state);
  return index < 0 ? ORDER.length : index;
}

function leaks(leaked) {
  return leaked > 0
    ? h('p', { class: 'bad-text' }, h('strong', {}, `✕ ${counted(leaked, 'granule')} leaked: the RMM did not give them back.`))
    : h('p', { class: 'muted' }, 'No granule leaked.');
}

/** The table beside it says the same in words. */
function bar(states, total) {
  const element = h('div', { class: 'granule-bar', 'aria-hidden': 'true' });
  for (const [state, granules] of states) {
    const part = h('span', { class: `granule-${state}`, title: `${state}: ${count(granules)}` });
    part.style.flexGrow = String(Math.max(granules / total, 0.012));
    element.append(part);
  }
  return element;
}
