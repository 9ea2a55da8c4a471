import { get, path, post, Problem } from '../api.js';
import { fill, h, terms } from '../dom.js';
import { counted, time } from '../format.js';
import { badge, tag } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';

const CHALLENGE_WORDS = 16;
/** How bad each status is, and what it says in a word. */
const RANK = ['contraindicated', 'none', 'warning', 'affirming'];
const WORDS = { contraindicated: 'is not what it ought to be', none: 'nothing to compare with', warning: 'warning', affirming: 'as it ought to be' };
const HINTS = {
  'realm-not-running': 'Only a guest that runs can ask the RMM for a token. Launch one whose guest boots.',
  'no-attestation-step': 'Its guest has no step that asks for a token: the profile UNAWARE knows no RSI, and a program attests only if ATTEST is its last step.',
};

/** Has a realm attest, and shows what was found claim by claim. */
export class RealmAttestation {
  /** @param {string} name @param {AbortSignal} left */
  constructor(name, left) {
    this.name = name;
    this.left = left;
    this.button = h('button', { type: 'button', class: 'primary', onclick: () => this.attest() }, 'Attest now');
    this.earlier = h('select', { onchange: () => this.show(this.attestations[Number(this.earlier.value)]) });
    this.choice = h('label', { hidden: true }, 'Shown', this.earlier);
    this.notice = h('div', { 'aria-live': 'polite' });
    this.shown = h('div', { class: 'section-body' }, loadingView('attestations'));
    this.element = h('div', { class: 'section-body' },
      h('p', { class: 'muted' }, 'This browser draws a challenge of 64 bytes, the realm’s guest asks its RMM for a token over it, and the service appraises every claim.'),
      h('div', { class: 'filters' }, this.button, this.choice), this.notice, this.shown);
    this.attestations = [];
    this.load();
  }

  async load() {
    try {
      const { attestations } = await get(path('realms', this.name, 'attestations'), { query: { pageSize: 50 }, signal: this.left });
      this.set(attestations);
    } catch (failure) {
      this.fail(this.shown, failure, () => this.load());
    }
  }

  set(attestations) {
    this.attestations = attestations;
    this.choice.hidden = attestations.length < 2;
    fill(this.earlier, attestations.map(({ createdAt, appraisal }, i) => h('option', { value: i }, `${time(createdAt)}, ${appraisal.status}`)));
    if (attestations.length > 0) {
      this.show(attestations[0]);
    } else {
      fill(this.shown, emptyView('Nobody has had it attest yet.'));
    }
  }

  async attest() {
    this.button.disabled = true;
    fill(this.notice, loadingView('a fresh token'));
    try {
      const attestation = await post(path('realms', this.name, 'attestations'), { body: { challenge: freshChallenge() }, signal: this.left });
      fill(this.notice);
      this.set([attestation, ...this.attestations]);
    } catch (failure) {
      this.fail(this.notice, failure);
    }
    this.button.disabled = false;
  }

  fail(where, failure, retry) {
    if (failure.name !== 'AbortError') {
      const hint = failure instanceof Problem && HINTS[failure.slug];
      fill(where, failureView(failure, retry), hint && h('p', { class: 'muted' }, hint));
    }
  }

  show({ attested, appraisal, challenge, createdAt, host, token }) {
    const { status, submods, ripas } = appraisal;
    fill(this.shown,
      h('div', { class: `verdict verdict-${status}` },
        h('p', { class: 'verdict-word' }, badge(status), ' ', h('strong', {}, attested ? 'Attested' : 'Not attested')),
        h('p', {}, tally([...submods.realm.claims, ...submods.platform.claims])),
        h('p', { class: 'muted' }, `${time(createdAt)} on ${host}`)),
      submodView('The realm', submods.realm),
      submodView('The platform', submods.platform),
      ripas && ripasView(ripas),
      h('details', {}, h('summary', {}, 'Challenge and token'),
        terms([['Challenge', h('code', {}, challenge)]]),
        h('pre', { class: 'token', tabindex: 0, 'aria-label': 'The token in Base64' }, token)));
  }
}

const freshChallenge = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(CHALLENGE_WORDS)), word => word.toString(16).padStart(8, '0')).join('');

function tally(claims) {
  return RANK.map(status => [status, claims.filter(claim => claim.status === status).length])
    .filter(([, number]) => number > 0)
    .map(([status, number]) => `${counted(number, 'claim')} ${status}`)
    .join(', ') + '.';
}

/** The claims, the worst first; what is as it ought to be says so in one line. */
function submodView(heading, { status, claims }) {
  const worstFirst = [...claims].sort((one, other) => RANK.indexOf(one.status) - RANK.indexOf(other.status));
  return h('section', { class: 'claims', 'aria-label': heading },
    h('h3', {}, heading, ' ', badge(status)),
    h('ul', {}, worstFirst.map(claimView)));
}

function claimView({ claim, status, reason, expected, actual, message }) {
  return h('li', { class: `claim claim-${status}` },
    h('div', { class: 'claim-name' }, h('code', {}, claim.replace(/^(realm|platform)\./, '')), badge(status, WORDS[status])),
    h('div', { class: 'claim-values' }, reason === 'MATCHES'
      ? h('p', {}, h('code', {}, actual))
      : [
        h('p', {}, tag(reason, status === 'contraindicated' ? 'bad' : 'plain'), ' ', message),
        expected && h('p', {}, h('span', { class: 'muted' }, 'expected '), h('code', {}, expected)),
        actual && h('p', {}, h('span', { class: 'muted' }, 'actual '), h('code', {}, actual)),
      ]));
}

/** Who declared the memory, as far as a token can tell. */
function ripasView({ measured, statement, instead }) {
  return h('section', { class: 'claims', 'aria-label': 'Who declared the memory' },
    h('h3', {}, 'Who declared the memory ', h('span', { class: 'muted' }, measured ? 'the RIM shows it' : 'the RIM does not show it')),
    h('p', {}, statement),
    h('ul', {}, instead.map(({ kind, status, message }) => h('li', { class: `claim claim-${status}` },
      h('div', { class: 'claim-name' }, h('code', {}, kind), badge(status, WORDS[status])), h('div', { class: 'claim-values' }, h('p', {}, message))))));
}
