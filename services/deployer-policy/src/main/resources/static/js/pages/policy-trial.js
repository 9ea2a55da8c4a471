import { get, post } from '../api.js';
import { fill, h } from '../dom.js';
import { decisionView } from '../widgets/decision.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';

const SAMPLE_SPEC = guest => ({
  memslots: [{ base: '0x80000000', size: '0x10000000' }],
  images: [{ generated: { seed: 7, size: '0x10000' }, ipa: '0x80000000' }],
  guest: { profile: guest },
});
const SAMPLES = ['EDK2_LINUX', 'LINUX_EARLY_RSI', 'LINUX', 'UNAWARE'].map(guest => ({ text: `a sample with guest ${guest}`, spec: SAMPLE_SPEC(guest), labels: {} }));

/** What the published revision decides about a realm of one's choice, without anything being stored. */
export function trialView(policy, published, left) {
  const shown = h('div', { class: 'section-body', 'aria-live': 'polite' });
  const section = h('section', { class: 'card', 'aria-labelledby': 'trial' }, h('h2', { id: 'trial' }, 'Try it on a realm'), shown);
  if (!published) {
    fill(shown, emptyView('Only what is published decides. Publish a revision to try it.'));
    return section;
  }
  const result = h('div', { class: 'section-body' });
  fill(shown, loadingView('realms'));
  get('/v1/realms', { query: { pageSize: 100 }, signal: left }).then(({ realms }) => {
    const choices = [...SAMPLES, ...realms.map(({ name, spec, labels }) => ({ text: `like realm ${name}`, spec, labels }))];
    const select = h('select', {}, choices.map(({ text }, i) => h('option', { value: i }, text)));
    const decide = () => ask(policy, choices[Number(select.value)], result, left);
    fill(shown, h('div', { class: 'filters' }, h('label', {}, 'Realm', select), h('button', { type: 'button', onclick: decide }, 'Decide')), result);
  }, failure => failure.name !== 'AbortError' && fill(shown, failureView(failure)));
  return section;
}

async function ask(policy, { spec, labels }, result, signal) {
  fill(result, loadingView('the decision'));
  try {
    fill(result, decisionView(await post('/v1/decisions', { query: { dryRun: 'true' }, body: { spec, labels, policy }, signal })));
  } catch (failure) {
    fill(result, failureView(failure));
  }
}
