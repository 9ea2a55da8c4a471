import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { labelsText, readLabels } from '../labels.js';

const sampleSpec = guest => ({
  memslots: [{ base: '0x80000000', size: '0x10000000' }],
  images: [{ generated: { seed: 7, size: '0x10000' }, ipa: '0x80000000' }],
  guest: { profile: guest },
});
const SAMPLES = ['LINUX', 'LINUX_EARLY_RSI', 'EDK2_LINUX', 'UNAWARE']
  .map(guest => ({ id: `sample:${guest}`, text: `a sample with guest ${guest}`, spec: sampleSpec(guest), labels: {} }));

/** A realm to ask questions about: a sample, or one like a realm that is there; its specification can be edited. */
export class SampleRealm {
  /**
   * @param {string} chosen id of what to begin with @param {(id: string) => void} changed told what was chosen, '' when it
   *   was edited @param {AbortSignal} left
   */
  constructor(chosen, changed, left) {
    this.choices = SAMPLES;
    this.changed = changed;
    this.select = h('select', { onchange: () => this.choose(this.select.value) });
    this.spec = h('textarea', { class: 'mono', rows: 10, spellcheck: 'false', oninput: () => changed('') });
    this.labels = h('input', { spellcheck: 'false', autocomplete: 'off', placeholder: 'team=a', oninput: () => changed('') });
    this.error = h('p', { class: 'bad-text', role: 'status' });
    this.picker = h('label', {}, 'Realm', this.select);
    this.editor = h('details', {}, h('summary', {}, 'Edit the realm'),
      h('div', { class: 'section-body field' }, h('label', {}, h('span', {}, 'Specification as JSON'), this.spec), h('label', {}, h('span', {}, 'Labels'), this.labels), this.error));
    this.ready = this.load(chosen, left);
  }

  async load(chosen, left) {
    this.draw(chosen);
    // What cannot be listed cannot be chosen; the samples are there all the same.
    const { realms } = await get('/v1/realms', { query: { pageSize: 200 }, signal: left }).catch(() => ({ realms: [] }));
    this.choices = [...SAMPLES, ...realms.map(({ name, spec, labels }) => ({ id: `realm:${name}`, text: `like realm ${name}`, spec, labels }))];
    const wanted = chosen.replace(/^realm:/, '');
    if (chosen.startsWith('realm:') && !realms.some(({ name }) => name === wanted)) {
      const realm = await get(`/v1/realms/${encodeURIComponent(wanted)}`, { signal: left }).catch(() => null);
      realm && this.choices.push({ id: chosen, text: `like realm ${wanted}`, spec: realm.spec, labels: realm.labels });
    }
    this.draw(chosen);
  }

  draw(chosen) {
    const found = this.choices.find(({ id }) => id === chosen) ?? this.choices[0];
    fill(this.select, this.choices.map(({ id, text }) => h('option', { value: id, selected: id === found.id }, text)));
    this.show(found);
  }

  choose(id) {
    this.show(this.choices.find(choice => choice.id === id));
    this.changed(id);
  }

  show({ spec, labels }) {
    this.spec.value = JSON.stringify(spec, null, 2);
    this.labels.value = labelsText(labels);
    this.error.textContent = '';
  }

  /** What stands in the fields; null, and the mistake shown, if it is no JSON. */
  read() {
    const errors = [];
    const labels = readLabels(this.labels.value, 'labels', errors);
    let spec = null;
    try {
      spec = JSON.parse(this.spec.value);
    } catch (failure) {
      errors.push({ field: 'spec', message: `is no JSON: ${failure.message}` });
    }
    this.error.textContent = errors.map(({ field, message }) => `${field} ${message}`).join('. ');
    this.editor.open ||= errors.length > 0;
    return errors.length > 0 ? null : { spec, labels };
  }
}
