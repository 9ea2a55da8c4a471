import { get, path, post, remove } from '../api.js';
import { fill, h, table, terms } from '../dom.js';
import { outcomeText, refusalText, time } from '../format.js';
import { watch } from '../live.js';
import { keepQuery, link } from '../router.js';
import { badge, tag } from '../widgets/badge.js';
import { asked } from '../widgets/dialog.js';
import { decisionView } from '../widgets/decision.js';
import { failureView, loadingView, Notice } from '../widgets/states.js';
import { RealmAttestation } from './realm-attestation.js';
import { RealmMeasurements } from './realm-measurements.js';
import { RealmMemory } from './realm-memory.js';

const ENDED = ['STOPPED', 'DENIED', 'FAILED', 'LOST'];

export const title = ({ parts }) => parts[0];

/** @type {import('../router.js').Page['show']} */
export function show(root, { parts: [name], query, left }) {
  const notice = new Notice();
  const head = h('div', { class: 'realm-head' }, loadingView('the realm'));
  const memory = section('Memory, call by call', 'memory');
  const why = section('Why: the decision', 'why');
  const measured = section('What was measured', 'measured');
  const attested = section('Attestation', 'attested');
  const story = section('How far it is', 'story');
  root.append(notice.element, head);

  let sections = null;
  const decisions = new Latest(why.body, id => get(path('decisions', id), { signal: left }), decisionView);

  const live = watch(signal => get(path('realms', name), { signal }), value => {
    sections ??= start(value);
    fill(head, headView(value, act));
    fill(story.body, storyView(value));
    sections.memory.update(value);
    decisions.want(value.status.decisionId);
    sections.measurements.update(value);
  }, failure => (sections ? notice.fail(failure) : fill(head, failureView(failure, () => live.refresh()))));
  left.addEventListener('abort', () => live.stop());

  function start(value) {
    const view = new RealmMemory(value, left, Number(query.get('call') ?? -1), call => keepQuery({ call }));
    const measurements = new RealmMeasurements(name, call => {
      view.timeline.go(call);
      memory.element.scrollIntoView({ block: 'start' });
    }, left);
    view.heard = calls => measurements.heard(calls);
    memory.body.append(view.element);
    measured.body.append(measurements.element);
    attested.body.append(new RealmAttestation(name, left).element);
    root.append(memory.element, measured.element, attested.element, why.element, story.element, specification(value));
    return { memory: view, measurements };
  }

  async function act(deed) {
    notice.clear();
    try {
      await deed();
    } catch (failure) {
      notice.fail(failure);
    }
    live.refresh();
  }
}

function section(heading, id) {
  const body = h('div', { class: 'section-body' });
  return { element: h('section', { class: 'card', 'aria-labelledby': id }, h('h2', { id }, heading), body), body };
}

/** Something that is loaded again only when what it belongs to is another. */
class Latest {
  #shown = undefined;

  constructor(body, load, view) {
    this.body = body;
    this.load = load;
    this.view = view;
  }

  want(key) {
    if (key === this.#shown) {
      return;
    }
    this.#shown = key;
    if (!key) {
      fill(this.body, h('p', { class: 'muted' }, 'There is none yet.'));
      return;
    }
    this.load(key).then(
      value => key === this.#shown && fill(this.body, this.view(value)),
      failure => failure.name !== 'AbortError' && fill(this.body, failureView(failure)));
  }
}

function headView(realm, act) {
  const { status, name, policy } = realm;
  const action = (label, deed, className = '') => h('button', { type: 'button', class: className, onclick: () => act(deed) }, label);
  return [
    h('div', { class: 'row' },
      badge(status.phase), status.outcome && badge(status.outcome.kind), tag('simulated'),
      h('span', {}, status.host ? ['on ', h('a', { href: '#/fleet' }, status.host)] : 'on no host'),
      policy && h('span', { class: 'muted' }, `policy ${policy}`)),
    h('p', {}, sentence(status)),
    status.failure && h('p', { class: 'bad-text' }, `${status.failure.reason}: ${status.failure.message}`,
      status.failure.rmi && ` ${refusalText(status.failure.rmi)}`),
    h('div', { class: 'row' },
      h('a', { class: 'button', href: link(['launch'], { like: name }) }, 'Launch another like it'),
      h('a', { class: 'button', href: link(['compare'], { left: name }) }, 'Compare'),
      h('a', { class: 'button', href: link(['compare'], { what: 'plans', realm: `realm:${name}` }) }, 'Under another plan'),
      ENDED.includes(status.phase)
        ? action('Start', () => post(path('realms', name, 'start')))
        : [action('Restart', () => post(path('realms', name, 'restart'))), action('Stop', () => post(path('realms', name, 'stop')))],
      action('Delete', async () => await confirmed(name) && remove(path('realms', name)), 'danger')),
  ];
}

const confirmed = name => asked(`Delete realm ${name}?`, 'It is torn down, its memory is lost, and it is forgotten here.', 'Delete it');

function sentence({ outcome, plan, message, phase }) {
  const mode = plan && `${plan.ripasMode.kind}, verdict ${plan.verdict.kind}`;
  if (outcome) {
    return `Launched with ${mode}: ${outcomeText(outcome)}.`;
  }
  return message ?? `It is ${phase}.`;
}

function storyView({ status, createdAt, updatedAt, labels }) {
  const conditions = status.conditions.map(({ type, status: state, reason, message, lastTransitionTime }) =>
    [type, badge(state), reason, message, time(lastTransitionTime)]);
  const refused = status.refusedHosts.map(({ host, reasons, message }) => [host, reasons.map(reason => [tag(reason), ' ']), message]);
  return [
    conditions.length > 0 && table('Conditions', ['Condition', 'Is', 'Reason', 'Message', 'Since'], conditions),
    refused.length > 0 && [h('h3', {}, 'Why not elsewhere'), table('Hosts that were refused', ['Host', 'Reasons', 'Message'], refused)],
    terms([
      ['Created', time(createdAt)],
      ['Changed', time(updatedAt)],
      ['Labels', Object.entries(labels).map(([key, value]) => [tag(`${key}=${value}`), ' '])],
      ['Launch', status.launchId],
      ['Grant', status.grantId],
      ['RMI calls', status.rmiCallsTotal],
    ]),
  ];
}

function specification({ spec }) {
  return h('section', { class: 'card', 'aria-labelledby': 'spec' },
    h('h2', { id: 'spec' }, 'Specification'),
    h('details', {}, h('summary', {}, 'As JSON'), h('pre', { tabindex: 0, 'aria-label': 'The specification as JSON' }, JSON.stringify(spec, null, 2))));
}
