import { h, terms } from '../dom.js';
import { count, outcomeText, refusalText } from '../format.js';
import { badge, tag } from './badge.js';

/** A decision host by host: what may be done, what would come of it, and what the rules saw. */
export function decisionView(decision) {
  const { selection, hosts, denial } = decision;
  return h('div', { class: 'section-body' },
    h('p', {}, badge(decision.verdict), ' ', selection.explanation),
    selection.policy && h('p', { class: 'muted' },
      h('a', { href: `#/policies/${encodeURIComponent(selection.policy)}` }, selection.policy), `, revision ${selection.revision}, `,
      h('code', {}, selection.digest)),
    denial && denial !== selection.explanation && h('p', { class: 'bad-text' }, denial),
    hosts.map(hostView));
}

function hostView(host) {
  return h('article', { class: 'host-decision', 'aria-label': `Decision for host ${host.host}` },
    h('div', { class: 'row' }, h('h3', {}, host.host), badge(host.verdict), h('span', { class: 'mono muted' }, host.profile)),
    host.verdict === 'ALLOW' ? allowed(host) : h('p', { class: 'bad-text' }, `${host.reason}: ${host.message ?? ''}`),
    host.flips?.length > 0 && flipsView(host),
    h('details', { open: host.verdict !== 'ALLOW' },
      h('summary', {}, 'What the rules saw'),
      h('ol', { class: 'rules' }, host.trace.map(ruleView))));
}

/** The single changes that would have turned the verdict. */
function flipsView({ flips, verdict }) {
  return h('details', { open: verdict !== 'ALLOW' },
    h('summary', {}, 'What would have turned it'),
    h('ul', { class: 'bullets' }, flips.map(({ field, from, to, rule }) => h('li', {},
      h('code', {}, field), ' ', h('code', {}, from ?? 'absent'), ' → ', h('code', {}, to ?? 'absent'),
      h('span', { class: 'muted' }, rule ? ` by rule ${rule}` : ' by no rule')))));
}

function allowed({ rule, plan, unavailable, forecast, warnings }) {
  return [
    terms([
      ['Rule', rule],
      ['Declares', `${plan.ripasMode.kind}${rangesText(plan.ripasMode)}`],
      ['Verdict', `${plan.verdict.kind}${rangesText(plan.verdict)}`],
      ['Contents', `measured ${plan.measuredContents}`],
      ['Not able to', unavailable?.length > 0 && unavailable.map(code => [tag(code, 'warn'), ' '])],
      ...forecastTerms(forecast),
    ]),
    warnings?.length > 0 && h('ul', { class: 'warnings' }, warnings.map(({ code, message }) => h('li', {}, tag(code, 'warn'), ' ', message))),
  ];
}

const rangesText = ({ ranges }) => (ranges?.length > 0 ? `: ${ranges.map(({ base, size }) => `${base} + ${size}`).join(', ')}` : '');

function forecastTerms(forecast) {
  if (!forecast) {
    return [];
  }
  if (forecast.kind !== 'RAN') {
    return [['Forecast', [badge(forecast.kind), ` in step ${forecast.step}`, forecast.rmi && `: ${refusalText(forecast.rmi)}`]]];
  }
  return [
    ['Forecast', [badge(forecast.outcome.kind), ' ', outcomeText(forecast.outcome)]],
    ['RIM', h('code', {}, forecast.rim)],
    ['RMI calls', count(forecast.rmiCallsTotal)],
    ['Granules', count(forecast.granules)],
  ];
}

function ruleView({ rule, when, result, error, values }) {
  return h('li', {},
    h('p', {}, badge(result), ' ', h('strong', {}, rule), ' ', h('code', {}, when)),
    error && h('p', { class: 'bad-text' }, error),
    values.length > 0 && h('ul', { class: 'values' }, values.map(({ expression, value, expected }) =>
      h('li', {}, h('code', {}, expression), ' is ', h('code', {}, value), expected && [', expected ', h('code', {}, expected)]))));
}
