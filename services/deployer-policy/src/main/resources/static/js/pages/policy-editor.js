import { post, Problem } from '../api.js';
import { fill, h } from '../dom.js';
import { Turn } from '../router.js';
import { debounced, Fields, redrawing } from '../widgets/form.js';
import { Notice } from '../widgets/states.js';
import { contentOf, emptyRule } from './policy-draft.js';

const named = values => values.map(value => [value, value]);
const MODES = named(['HOST_ALL_MEMSLOTS', 'DEPLOYER_RANGES', 'GUEST_DECLARES']);
const VERDICTS = named(['ACCEPT', 'WITHHOLD', 'REJECT', 'ACCEPT_RANGES']);
const MEASURED = named(['AS_SPECIFIED', 'ALWAYS', 'NEVER']);
const YES_NO = [['no', 'no'], ['yes', 'yes']];

/** Edits the rules of a policy; the service compiles them while one types. */
export class PolicyEditor {
  #turn = new Turn();

  /**
   * @param {any} draft
   * @param {{isNew: boolean, action: string, save: (draft: any, content: any) => Promise<void>, changed: () => void}} purpose
   * @param {AbortSignal} left
   */
  constructor(draft, purpose, left) {
    this.draft = draft;
    this.purpose = purpose;
    this.fields = new Fields(debounced(() => this.validate()));
    this.notice = new Notice();
    this.verdict = h('p', { role: 'status' });
    this.element = h('form', { class: 'section-body', onsubmit: event => this.save(event) });
    left.addEventListener('abort', () => this.#turn.next());
    this.draw();
    // Whoever made the editor holds it by now.
    queueMicrotask(() => this.validate());
  }

  /** What the rules stand for as they are now, and what is no JSON in them. */
  get content() {
    return contentOf(this.draft);
  }

  draw() {
    const { draft, fields } = this;
    fill(this.element,
      h('div', { class: 'fields' },
        this.purpose.isNew && fields.text('Name', draft, 'name', 'name', { required: true, placeholder: 'team-a' }),
        fields.text('Description', draft, 'description', 'description'),
        this.redrawing(fields.choice('Selects realms by labels', draft, 'selects', 'selects', YES_NO)),
        draft.selects === 'yes' && fields.text('Selector (empty fits all)', draft, 'selector', 'selector', { placeholder: 'team=a' })),
      h('p', { class: 'muted' }, 'The first rule that matches decides; a realm that no rule matches is denied.'),
      h('ol', { class: 'rule-cards' }, draft.rules.map((rule, i) => this.rule(rule, i))),
      h('div', { class: 'row' },
        h('button', { type: 'button', onclick: () => this.change(rules => rules.push(emptyRule())) }, 'Add a rule')),
      this.verdict,
      this.notice.element,
      h('div', { class: 'row' }, h('button', { class: 'primary' }, this.purpose.action)));
  }

  rule(rule, i) {
    const { fields } = this;
    const last = this.draft.rules.length - 1;
    const at = `rules[${i}]`;
    const swap = step => () => this.change(rules => rules.splice(i + step, 0, ...rules.splice(i, 1)));
    const small = (label, sign, deed, disabled) =>
      h('button', { type: 'button', class: 'quiet', 'aria-label': `${label} rule ${i + 1}`, title: label, disabled, onclick: deed }, sign);
    return h('li', { class: 'rule-card' },
      h('div', { class: 'row' }, h('h3', {}, `Rule ${i + 1}`),
        small('Move up', '↑', swap(-1), i === 0), small('Move down', '↓', swap(1), i === last),
        small('Remove', '✕', () => this.change(rules => rules.splice(i, 1)), last === 0)),
      h('div', { class: 'fields' },
        fields.text('Name', rule, 'name', `${at}.name`),
        this.redrawing(fields.choice('Effect', rule, 'kind', `${at}.effect.kind`, named(['ALLOW', 'DENY'])))),
      fields.area('When (CEL over realm, guest, host, labels)', rule, 'when', `${at}.when`, { rows: linesOf(rule.when) }),
      rule.kind === 'DENY'
        ? fields.text('Message to the deployer', rule, 'message', `${at}.effect.message`)
        : this.allow(rule, `${at}.effect`));
  }

  allow(rule, at) {
    const { fields } = this;
    return [
      h('div', { class: 'fields wide' },
        this.redrawing(fields.choice('Who declares RAM', rule, 'mode', `${at}.ripasMode`, MODES)),
        this.redrawing(fields.choice('Run-time verdict', rule, 'verdict', `${at}.verdict`, VERDICTS)),
        fields.choice('Measured contents', rule, 'measuredContents', `${at}.measuredContents`, MEASURED),
        fields.choice('Grant must be in the token', rule, 'binding', `${at}.requireGrantBinding`, YES_NO)),
      rule.mode === 'DEPLOYER_RANGES' && fields.area('Declared ranges as JSON', rule, 'modeRanges', `${at}.ripasMode.ranges`, { rows: linesOf(rule.modeRanges) }),
      rule.verdict === 'ACCEPT_RANGES' && fields.area('Accepted ranges as JSON', rule, 'verdictRanges', `${at}.verdict.ranges`, { rows: linesOf(rule.verdictRanges) }),
    ];
  }

  redrawing(field) {
    return redrawing(field, () => this.change(() => {}));
  }

  change(deed) {
    deed(this.draft.rules);
    this.draw();
    this.validate();
  }

  async validate() {
    const signal = this.#turn.next();
    const { content, errors } = this.content;
    this.purpose.changed();
    if (errors.length > 0) {
      this.tell(errors);
      return;
    }
    try {
      const answer = await post('/v1/policies/validate', { body: content, signal });
      this.tell(answer.errors, answer.digest);
    } catch (failure) {
      if (failure instanceof Problem) {
        this.tell(failure.errors.length > 0 ? failure.errors : [{ field: failure.title, message: failure.message }]);
      } else if (failure.name !== 'AbortError') {
        fill(this.verdict, failure.message);
      }
    }
  }

  tell(errors, digest) {
    const elsewhere = this.fields.showErrors(errors);
    fill(this.verdict, errors.length === 0
      ? ['✓ The rules compile. Digest ', h('code', {}, digest)]
      : h('span', { class: 'bad-text' }, `✕ ${errors.length === 1 ? 'One mistake' : `${errors.length} mistakes`}.`,
        elsewhere.map(({ field, message }) => [' ', h('code', {}, field), ` ${message}.`])));
  }

  async save(event) {
    event.preventDefault();
    this.notice.clear();
    const { content, errors } = this.content;
    if (errors.length > 0) {
      this.tell(errors);
      return;
    }
    try {
      await this.purpose.save(this.draft, content);
    } catch (failure) {
      if (failure instanceof Problem) {
        this.fields.showErrors(failure.errors);
      }
      this.notice.fail(failure);
    }
  }
}

const linesOf = text => Math.min(12, text.split('\n').length + 1);
