import { get, path } from '../api.js';
import { fill, freshId, h, table, terms } from '../dom.js';
import { count, counted, fromHex, shortDigest, size } from '../format.js';
import { tag } from '../widgets/badge.js';
import { fingerprint } from '../widgets/fingerprint.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { callsOfExtensions, remExtensions } from './measured-calls.js';

const AT_FIRST = 24;
const PAGE = 1000;
const KINDS = { REALM: 'the realm’s parameters', DATA: 'granule', REC: 'the first vCPU', RIPAS: 'declared as RAM' };

/**
 * What was measured: how each call took the RIM from one digest to the next, what the guest extended itself, and how
 * both compare with the forecast and with any other realm.
 */
export class RealmMeasurements {
  /** @param {string} name @param {(call: number) => void} goTo shows a call of the timeline @param {AbortSignal} left */
  constructor(name, goTo, left) {
    this.name = name;
    this.goTo = goTo;
    this.left = left;
    this.calls = [];
    this.shown = AT_FIRST;
    this.body = h('div', { class: 'section-body' });
    this.against = h('div', { class: 'section-body', 'aria-live': 'polite' });
    this.element = h('div', { class: 'section-body' }, this.body, this.comparison());
    this.element.hidden = true;
  }

  /** @param {any} realm as it is now */
  async update(realm) {
    const { rim, launchId, phase } = realm.status;
    const version = `${launchId} ${phase} ${rim}`;
    if (version === this.version) {
      return;
    }
    this.version = version;
    this.element.hidden = false;
    this.expected = realm.status.forecast;
    if (!rim) {
      this.measurements = undefined;
      fill(this.body, emptyView('Nothing is measured before the realm is launched.'));
      return;
    }
    this.measurements ?? fill(this.body, loadingView('the measurements'));
    await this.load(0);
  }

  /** @param {any[]} calls of the realm's trace */
  heard(calls) {
    this.calls = calls;
    this.draw();
  }

  async load(offset) {
    try {
      const page = await get(path('realms', this.name, 'measurements'), { query: { offset, limit: PAGE }, signal: this.left });
      this.measurements = offset === 0 ? page : { ...page, extensions: [...this.measurements.extensions, ...page.extensions] };
      this.draw();
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(this.body, failureView(failure, () => this.load(offset)));
      }
    }
  }

  draw() {
    const { measurements } = this;
    if (!measurements) {
      return;
    }
    const { hashAlgorithm, rim, rems, extensions, extensionsTotal, doubt, forecast } = measurements;
    fill(this.body,
      terms([['RIM', h('code', {}, rim)], ['Hash', hashAlgorithm], ['Extended', counted(extensionsTotal, 'time')]]),
      doubt && h('p', { class: 'state failure' }, `What follows proves nothing: ${doubt}`),
      verdictView(forecast, 'The rehearsal'),
      h('h3', {}, 'The ladder of the RIM'),
      this.ladder(extensions, forecast),
      this.shown < extensionsTotal && h('div', { class: 'row' }, h('button', { type: 'button', onclick: () => this.more() },
        `Show ${count(Math.min(PAGE, extensionsTotal - this.shown))} more of ${count(extensionsTotal)} steps`)),
      h('h3', {}, 'What the guest measured itself'),
      this.remsView(rems));
  }

  ladder(extensions, forecast) {
    const differing = new Map((forecast?.differences ?? []).filter(({ actual }) => actual).map(({ expected, actual }) => [actual.index, expected]));
    const calls = callsOfExtensions(extensions, this.calls);
    return h('ol', { class: 'ladder', 'aria-label': 'Steps of the RIM' }, extensions.slice(0, this.shown).map((extension, i) =>
      this.rung(extension, calls[i], forecast && (differing.has(extension.index) ? { wanted: differing.get(extension.index) } : { same: true }))));
  }

  rung({ index, kind, base, top, contents, before, after }, call, compared) {
    const { same, wanted } = compared ?? {};
    return h('li', { class: `rung rung-${kind}${compared && !same ? ' rung-differs' : ''}` },
      h('span', { class: 'rung-number muted' }, count(index)),
      h('div', { class: 'rung-what' },
        h('p', {}, call
          ? h('button', { type: 'button', class: 'link mono', onclick: () => this.goTo(call.call), title: `Show call ${call.call} above` }, call.command)
          : h('strong', { class: 'mono' }, kind),
        call && h('span', { class: 'muted' }, ` call ${count(call.call)}`)),
        h('p', { class: 'muted' }, KINDS[kind] ?? kind, base && [' ', h('code', {}, base)], kind === 'RIPAS' && ` ${size(fromHex(top) - fromHex(base))}`,
          kind === 'DATA' && !contents && ', contents not measured',
          contents && kind !== 'REALM' && [', contents ', h('code', { title: contents }, shortDigest(contents))])),
      h('div', { class: 'rung-digests' },
        before ? fingerprint(before) : h('span', { class: 'muted fingerprint' }, 'nothing yet'),
        h('span', { 'aria-label': 'becomes' }, '→'),
        fingerprint(after)),
      compared && h('div', { class: 'rung-forecast' }, same
        ? h('span', { class: 'good-text' }, '✓ as forecast')
        : h('span', { class: 'bad-text' }, '✕ forecast ', wanted ? fingerprint(wanted.after) : 'has no such step')));
  }

  async more() {
    this.shown += PAGE;
    if (this.shown > this.measurements.extensions.length && this.measurements.extensions.length < this.measurements.extensionsTotal) {
      await this.load(this.measurements.extensions.length);
    }
    this.draw();
  }

  remsView(rems) {
    const extended = remExtensions(this.calls);
    const rows = rems.map((value, i) => {
      const expected = this.expected?.rems?.[i];
      const mine = extended.filter(({ rem }) => rem === i + 1);
      return [`REM ${i + 1}`, /^0*$/.test(value) ? h('span', { class: 'muted' }, 'not extended') : fingerprint(value),
        expected === undefined ? '–' : expected === value ? h('span', { class: 'good-text' }, '✓ as forecast') : h('span', {}, '… forecast ', fingerprint(expected)),
        mine.length === 0 ? '' : h('ul', {}, mine.map(({ call, words }) =>
          h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => this.goTo(call) }, `in call ${count(call)}`), ' with ', h('code', {}, words.join(' ')))))];
    });
    return [
      table('Extensible measurements', ['Register', 'Is', 'Forecast', 'Extended by RSI_MEASUREMENT_EXTEND'], rows),
      rems.some((value, i) => this.expected?.rems && this.expected.rems[i] !== value)
        && h('p', { class: 'muted' }, 'The forecast is of the REMs as the first token shows them: a guest may still measure between its boot and that.'),
    ];
  }

  /** A field for another realm, and what a comparison with it came to. */
  comparison() {
    const names = h('datalist', { id: freshId('names') });
    const input = h('input', { list: names.id, spellcheck: 'false', autocomplete: 'off', placeholder: 'another realm', required: true });
    input.addEventListener('focus', () => get('/v1/realms', { query: { pageSize: 500 }, signal: this.left })
      .then(({ realms }) => names.replaceChildren(...realms.map(({ name }) => h('option', { value: name }))), () => {}), { once: true });
    const compare = async event => {
      event.preventDefault();
      fill(this.against, loadingView('both measurements'));
      try {
        const { against } = await get(path('realms', this.name, 'measurements'), { query: { against: input.value.trim(), limit: 1 }, signal: this.left });
        fill(this.against, verdictView(against, `Realm ${input.value.trim()}`));
      } catch (failure) {
        if (failure.name !== 'AbortError') {
          fill(this.against, failureView(failure));
        }
      }
    };
    return h('form', { class: 'filters', 'aria-label': 'Compare the measurement', onsubmit: compare },
      h('label', {}, 'Compare the RIM with that of', input), names, h('button', {}, 'Compare measurements'), this.against);
  }
}

/** What a comparison of two ladders says, and where they part first. */
function verdictView(comparison, who) {
  if (!comparison) {
    return h('p', { class: 'muted' }, `${who} has no steps to compare with.`);
  }
  const { equal, expectedRim, firstDifference, differencesTotal, likelyCauses } = comparison;
  if (equal) {
    return h('p', { class: 'state good' }, `✓ ${who} came to the same RIM by the same steps.`);
  }
  const side = step => (step ? [step.index, h('code', {}, step.kind), h('code', {}, step.base ?? ''), fingerprint(step.after)] : ['–', 'no such step', '', '']);
  return h('div', { class: 'state failure' },
    h('p', {}, `✕ ${who} came to `, expectedRim ? h('code', {}, expectedRim) : 'no RIM', `: ${counted(differencesTotal, 'step differs', 'steps differ')}.`),
    likelyCauses.length > 0 && h('p', {}, 'Likely cause: ', likelyCauses.map(cause => [tag(cause, 'bad'), ' '])),
    firstDifference && table('First step that differs', ['First difference', 'Step', 'Measured', 'At', 'RIM then'],
      [['expected', ...side(firstDifference.expected)], ['actual', ...side(firstDifference.actual)]]));
}
