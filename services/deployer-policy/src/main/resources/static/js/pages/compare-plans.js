import { getAll, post } from '../api.js';
import { fill, h } from '../dom.js';
import { counted } from '../format.js';
import { readRuns } from '../memory/model.js';
import { keepQuery, Turn } from '../router.js';
import { debounced } from '../widgets/form.js';
import { SampleRealm } from '../widgets/sample-realm.js';
import { failureView, loadingView } from '../widgets/states.js';
import { comparisonView } from './comparison.js';

/** Plans to choose from beside the published policies: rules of one line. */
const MODES = {
  HOST_ALL_MEMSLOTS: { kind: 'HOST_ALL_MEMSLOTS' },
  'DEPLOYER_RANGES (low half of memslot 0)': { kind: 'DEPLOYER_RANGES', ranges: [{ slot: 0, part: 'LOW_HALF' }] },
  GUEST_DECLARES: { kind: 'GUEST_DECLARES' },
};
const VERDICTS = ['ACCEPT', 'WITHHOLD', 'REJECT'];
const OWN = Object.entries(MODES).flatMap(([mode, ripasMode]) => VERDICTS.map(verdict => ({
  id: `mode:${ripasMode.kind}:${verdict}`, text: `${mode}, verdict ${verdict}`,
  draft: { rules: [{ name: 'chosen-here', when: 'true', effect: { kind: 'ALLOW', ripasMode, verdict: { kind: verdict } } }] },
})));

/** One realm under two policies or modes, or on two hosts, side by side; both are rehearsed, and nothing is launched. */
export function comparePlans(root, { query, left }) {
  const waiting = loadingView('hosts and policies');
  root.append(waiting);
  Promise.all([getAll('/v1/hosts', 'hosts', { signal: left }), getAll('/v1/policies', 'policies', { signal: left })])
    .then(([hosts, policies]) => {
      waiting.remove();
      const known = hosts.filter(({ report }) => report);
      if (known.length === 0) {
        root.append(h('p', { class: 'state' }, 'No host has told its profile yet, so nothing can be rehearsed.'));
        return;
      }
      new PlansForm(root, known, policies.filter(({ publishedRevision }) => publishedRevision), query, left);
    }, failure => failure.name !== 'AbortError' && waiting.replaceWith(failureView(failure)));
}

class PlansForm {
  #turn = new Turn();

  constructor(root, hosts, policies, query, left) {
    const able = hosts.find(({ report }) => report.capabilities.ripasModes.includes('GUEST_DECLARES')) ?? hosts[0];
    this.hosts = hosts;
    this.rules = [...OWN, ...policies.map(({ name, publishedRevision }) => ({ id: `policy:${name}`, text: `policy ${name}, revision ${publishedRevision}`, policy: name }))];
    this.chosen = {
      what: 'plans',
      realm: query.get('realm') ?? 'sample:LINUX',
      left: query.get('left') ?? 'mode:HOST_ALL_MEMSLOTS:ACCEPT', leftHost: query.get('leftHost') ?? able.name,
      right: query.get('right') ?? 'mode:GUEST_DECLARES:ACCEPT', rightHost: query.get('rightHost') ?? able.name,
    };
    const again = debounced(() => this.compare(), 150);
    this.sample = new SampleRealm(this.chosen.realm, id => { this.chosen.realm = id; again(); }, left);
    this.shown = h('div', { class: 'page-body' }, loadingView('both rehearsals'));
    root.append(
      h('form', { class: 'card', 'aria-label': 'Plans to compare', onsubmit: event => event.preventDefault() },
        h('div', { class: 'filters' }, this.sample.picker), this.sample.editor,
        h('div', { class: 'two' }, this.side('left', 'One plan'), this.side('right', 'Another plan'))),
      this.shown);
    left.addEventListener('abort', () => this.#turn.next());
    this.sample.ready.then(() => this.compare());
  }

  side(side, heading) {
    const pick = (label, key, options) => h('label', {}, label, h('select', {
      onchange: event => { this.chosen[key] = event.target.value; this.compare(); },
    }, options.map(([value, text]) => h('option', { value, selected: value === this.chosen[key] }, text))));
    return h('fieldset', {}, h('legend', {}, heading),
      pick('Decided by', side, this.rules.map(({ id, text }) => [id, text])),
      pick('On host', `${side}Host`, this.hosts.map(({ name, report }) => [name, `${name}, ${report.profile}`])));
  }

  async compare() {
    const signal = this.#turn.next();
    keepQuery(this.chosen);
    const realm = this.sample.read();
    if (!realm) {
      return;
    }
    fill(this.shown, loadingView('both rehearsals'));
    try {
      const sides = await Promise.all(['left', 'right'].map(side => this.rehearse(side, realm, signal)));
      fill(this.shown, truncated(sides), comparisonView(sides[0], sides[1], signal));
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(this.shown, failureView(failure, () => this.compare()));
      }
    }
  }

  /** @returns {Promise<import('./comparison.js').Side>} */
  async rehearse(side, { spec, labels }, signal) {
    const host = this.chosen[`${side}Host`];
    const rules = this.rules.find(({ id }) => id === this.chosen[side]) ?? this.rules[0];
    const { decision, played } = await post('/v1/rehearsals', { body: { host, spec, labels, policy: rules.policy, draft: rules.draft }, signal });
    const [result] = decision.hosts;
    const { forecast, plan, warnings, unavailable = [] } = result ?? {};
    return {
      name: `${side === 'left' ? 'A' : 'B'}: ${plan ? plan.ripasMode.kind : rules.text} on ${host}`,
      spec: decision.request.spec, host: `${host}, ${result?.profile ?? ''}`, policy: rules.policy ? `policy ${rules.policy}` : 'a mode chosen here',
      plan, outcome: forecast?.outcome, rmi: forecast?.rmi, rim: forecast?.rim,
      why: whyNot(decision, unavailable, forecast), warnings: warnings?.map(({ code }) => code),
      calls: played?.calls ?? [], callsTotal: played?.callsTotal ?? 0, runs: played ? readRuns({ runs: played.memory }) : [],
    };
  }
}

function whyNot({ denial }, unavailable, forecast) {
  return unavailable.length > 0 ? `The host cannot do it: ${unavailable.join(', ')}.`
    : denial ?? (forecast?.kind === 'OUT_OF_GRANULES' ? 'No machine has granules enough.' : undefined);
}

function truncated(sides) {
  const cut = sides.filter(({ calls, callsTotal }) => calls.length < callsTotal);
  return cut.length > 0 && h('p', { class: 'state' }, cut.map(({ name, calls, callsTotal }) =>
    `Of ${name} the first ${counted(calls.length, 'call')} of ${counted(callsTotal, 'call')} are compared. `));
}
