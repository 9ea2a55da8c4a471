import { get, getAll, path, post, Problem } from '../api.js';
import { fill, h } from '../dom.js';
import { link, Turn } from '../router.js';
import { decisionView } from '../widgets/decision.js';
import { debounced, Fields, redrawing, removable } from '../widgets/form.js';
import { emptyView, failureView, loadingView, Notice } from '../widgets/states.js';
import { draftOf, emptyDraft, requestOf } from './launch-draft.js';

const PROFILES = ['EDK2_LINUX', 'LINUX_EARLY_RSI', 'LINUX', 'UNAWARE'];
const named = values => values.map(value => [value, value]);

export const title = () => 'Launch a realm';

/** @type {import('../router.js').Page['show']} */
export function show(root, { query, left }) {
  const waiting = loadingView('policies');
  root.append(waiting);
  const like = query.get('like');
  Promise.all([getAll('/v1/policies', 'policies', { signal: left }), like ? get(path('realms', like), { signal: left }) : null])
    .then(([policies, realm]) => {
      waiting.remove();
      const published = policies.filter(({ publishedRevision }) => publishedRevision).map(({ name }) => name);
      new LaunchForm(root, published, realm ? draftOf(realm) : { ...emptyDraft(), policy: published[0] ?? '' }, left);
    }, failure => waiting.replaceWith(failureView(failure)));
}

class LaunchForm {
  #turn = new Turn();
  #key = '';

  constructor(root, policies, draft, left) {
    this.policies = policies;
    this.draft = draft;
    const rehearse = debounced(() => this.rehearse());
    this.fields = new Fields(() => {
      this.changed();
      rehearse();
    });
    this.notice = new Notice();
    this.form = h('form', { class: 'card', onsubmit: event => this.launch(event) });
    this.foretold = h('div', { class: 'section-body' }, loadingView('the dry run'));
    root.append(h('div', { class: 'beside' }, this.form,
      h('section', { class: 'card beside-fixed', 'aria-labelledby': 'foretold' }, h('h2', { id: 'foretold' }, 'What would come of it'), this.foretold)));
    left.addEventListener('abort', () => this.#turn.next());
    this.draw();
    this.rehearse();
  }

  /** Drawn anew only when a row comes or goes; otherwise the fields write into the draft. */
  draw() {
    const { draft, fields } = this;
    fill(this.form,
      h('div', { class: 'fields' },
        fields.text('Name', draft, 'name', 'name', { required: true, placeholder: 'first' }),
        fields.choice('Policy', draft, 'policy', 'policy', [['', 'the one whose selector fits'], ...named(this.policies)])),
      h('fieldset', {}, h('legend', {}, 'Memslots'), draft.memslots.map((slot, i) => this.memslot(slot, i)),
        this.adder('Add a memslot', draft.memslots, () => ({ base: '', size: '0x10000000', guestMemfd: true }))),
      h('fieldset', {}, h('legend', {}, 'Images'), draft.images.map((image, i) => this.image(image, i)),
        this.adder('Add an image', draft.images, () => ({ kind: 'generated', seed: 7, size: '0x1000', digest: '', ipa: '', measured: true }))),
      h('fieldset', {}, h('legend', {}, 'Guest'),
        redrawing(fields.choice('Guest', draft, 'guest', 'spec.guest.profile', [...named(PROFILES), ['PROGRAM', 'a program of steps']]), () => this.redraw()),
        draft.guest === 'PROGRAM' && fields.area('Steps as JSON', draft, 'program', 'spec.guest.program', { rows: 6 })),
      h('div', { class: 'fields' },
        fields.number('vCPUs', draft, 'vcpus', 'spec.vcpus', { min: 1, max: 512 }),
        fields.number('IPA bits', draft, 'ipaBits', 'spec.ipaBits', { min: 32, max: 48 }),
        fields.choice('Hash', draft, 'hashAlgorithm', 'spec.hashAlgorithm', named(['SHA_256', 'SHA_384', 'SHA_512']))),
      h('div', { class: 'fields' },
        fields.text('Labels', draft, 'labels', 'labels', { placeholder: 'team=a tier=test' }),
        fields.text('Host selector', draft, 'hostSelector', 'hostSelector', { placeholder: 'zone=b' }),
        fields.choice('Restart', draft, 'restartPolicy', 'restartPolicy', [['NEVER', 'never'], ['ON_HOST_LOSS', 'when its host is lost']])),
      this.notice.element,
      h('div', { class: 'row' }, h('button', { class: 'primary' }, 'Launch')));
  }

  memslot(slot, i) {
    const { fields, draft } = this;
    return removable(`memslot ${i}`, [
      fields.text('Base', slot, 'base', `spec.memslots[${i}].base`, { class: 'mono' }),
      fields.text('Size', slot, 'size', `spec.memslots[${i}].size`, { class: 'mono' }),
      fields.check('guest_memfd', slot, 'guestMemfd'),
    ], draft.memslots.length > 1 && (() => this.take(draft.memslots, i)));
  }

  image(image, i) {
    const { fields, draft } = this;
    const at = `spec.images[${i}]`;
    return removable(`image ${i}`, [
      redrawing(fields.choice('Content', image, 'kind', at, [['generated', 'generated example'], ['digest', 'uploaded, by digest']]), () => this.redraw()),
      image.kind === 'generated'
        ? [fields.number('Seed', image, 'seed', `${at}.generated.seed`), fields.text('Size', image, 'size', `${at}.generated.size`, { class: 'mono' })]
        : fields.text('SHA-256', image, 'digest', `${at}.digest`, { class: 'mono' }),
      fields.text('IPA', image, 'ipa', `${at}.ipa`, { class: 'mono' }),
      fields.check('measured', image, 'measured'),
    ], () => this.take(draft.images, i));
  }

  adder(label, list, make) {
    return h('button', { type: 'button', onclick: () => { list.push(make()); this.redraw(); } }, label);
  }

  take(list, index) {
    list.splice(index, 1);
    this.redraw();
  }

  /** At once, not with the next dry run: what a launch was answered in the meantime has to stay. */
  changed() {
    this.#key = '';
    this.notice.clear();
  }

  redraw() {
    this.changed();
    this.draw();
    this.rehearse();
  }

  async rehearse() {
    const signal = this.#turn.next();
    const { body, errors } = requestOf(this.draft);
    if (errors.length > 0) {
      this.tell(errors);
      return;
    }
    try {
      // A name is not needed to see what would come of it.
      const dryRun = await post('/v1/realms', { query: { dryRun: 'true' }, body: { ...body, name: body.name ?? 'unnamed' }, signal });
      this.fields.showErrors([]);
      fill(this.foretold, decisionView(dryRun.decision));
    } catch (failure) {
      this.fail(failure);
    }
  }

  fail(failure) {
    if (failure.name === 'AbortError') {
      return;
    }
    if (failure instanceof Problem && failure.body.decision) {
      this.fields.showErrors([]);
      fill(this.foretold, decisionView(failure.body.decision));
    } else if (failure instanceof Problem && failure.errors.length > 0) {
      this.tell(failure.errors);
    } else {
      fill(this.foretold, failureView(failure, () => this.rehearse()));
    }
  }

  tell(errors) {
    const elsewhere = this.fields.showErrors(errors);
    fill(this.foretold, emptyView('Nothing can be foretold before the fields are right.',
      elsewhere.length > 0 && h('ul', { class: 'bullets bad-text' }, elsewhere.map(({ field, message }) => h('li', {}, h('code', {}, field), ` ${message}`)))));
  }

  async launch(event) {
    event.preventDefault();
    const { body, errors } = requestOf(this.draft);
    if (errors.length > 0) {
      this.tell(errors);
      return;
    }
    // The same click twice, or again after a lost answer, launches one realm.
    this.#key ||= Array.from(crypto.getRandomValues(new Uint32Array(4)), word => word.toString(16)).join('-');
    try {
      const realm = await post('/v1/realms', { body, headers: { 'Idempotency-Key': this.#key } });
      location.hash = link(['realms', realm.name]);
    } catch (failure) {
      if (failure instanceof Problem) {
        this.fields.showErrors(failure.errors);
      }
      this.notice.fail(failure);
    }
  }
}
