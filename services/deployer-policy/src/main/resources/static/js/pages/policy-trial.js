import { post } from '../api.js';
import { fill, h } from '../dom.js';
import { decisionView } from '../widgets/decision.js';
import { debounced } from '../widgets/form.js';
import { SampleRealm } from '../widgets/sample-realm.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { Turn } from '../router.js';

const DRAFT = 'draft';

/**
 * Asks what would come of a realm under the rules in the editor, published or not, or under the published revision.
 * Nothing is stored. Once asked, it follows the editor.
 */
export class PolicyTrial {
  #turn = new Turn();
  #asked = false;

  /**
   * @param {{policy: string, published?: number}} published what decides now, if anything
   * @param {() => {content: any, errors: any[]}} draft what stands in the editor
   * @param {AbortSignal} left
   */
  constructor({ policy, published }, draft, left) {
    this.policy = policy;
    this.draft = draft;
    this.rules = h('select', { onchange: () => this.again() },
      h('option', { value: DRAFT }, 'the draft in the editor'),
      published && h('option', { value: 'published' }, `revision ${published}, which decides now`));
    this.sample = new SampleRealm('sample:LINUX', () => this.again(), left);
    this.again = debounced(() => this.#asked && this.decide());
    this.result = h('div', { class: 'section-body', 'aria-live': 'polite' },
      emptyView('What the rules make of a realm: which rule decides and why, how it would be launched on each host, and what would come of it.'));
    this.element = h('section', { class: 'card beside-fixed', 'aria-labelledby': 'trial' },
      h('h2', { id: 'trial' }, 'Try it on a realm'),
      h('div', { class: 'filters' }, h('label', {}, 'Rules', this.rules), this.sample.picker,
        h('button', { type: 'button', class: 'primary', onclick: () => this.decide() }, 'Decide')),
      this.sample.editor, this.result);
    left.addEventListener('abort', () => this.#turn.next());
  }

  async decide() {
    this.#asked = true;
    const signal = this.#turn.next();
    const realm = this.sample.read();
    const decides = this.rules.value === DRAFT ? this.draft() : { content: null, errors: [] };
    if (!realm || decides.errors.length > 0) {
      fill(this.result, emptyView('Nothing can be decided before the fields are right.'));
      return;
    }
    this.result.childElementCount === 0 && fill(this.result, loadingView('the decision'));
    try {
      const body = decides.content ? { ...realm, draft: decides.content } : { ...realm, policy: this.policy };
      fill(this.result, decisionView(await post('/v1/decisions', { query: { dryRun: 'true' }, body, signal })));
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(this.result, failureView(failure));
      }
    }
  }
}
