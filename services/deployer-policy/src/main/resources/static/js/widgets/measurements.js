import { h, terms } from '../dom.js';

/** What was measured, and whether the RIM is what the rehearsal had foretold. */
export function measurementsView({ hashAlgorithm, rim, rems }, realm) {
  const forecast = realm?.status.forecast?.rim;
  return terms([
    ['Algorithm', hashAlgorithm],
    ['RIM', h('code', {}, rim)],
    ['Forecast', forecast && (forecast === rim ? '✓ the RIM is the one that the rehearsal came to' : h('span', { class: 'bad-text' }, `✕ the rehearsal came to ${forecast}`))],
    ...rems.map((value, i) => [`REM ${i + 1}`, /^0*$/.test(value) ? h('span', { class: 'muted' }, 'not extended') : h('code', {}, value)]),
  ]);
}
