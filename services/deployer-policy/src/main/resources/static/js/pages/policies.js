import { getAll, post } from '../api.js';
import { fill, h, table } from '../dom.js';
import { time } from '../format.js';
import { watch } from '../live.js';
import { link } from '../router.js';
import { badge } from '../widgets/badge.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { emptyPolicy } from './policy-draft.js';
import { PolicyEditor } from './policy-editor.js';
import { PolicyTrial } from './policy-trial.js';

export const title = () => 'Policies';

/** @type {import('../router.js').Page['show']} */
export function show(root, { left }) {
  const list = h('section', { class: 'card', 'aria-label': 'Policies' }, loadingView('policies'));
  const editor = new PolicyEditor(emptyPolicy(), {
    isNew: true,
    action: 'Create as a draft',
    async save(draft, content) {
      const policy = await post('/v1/policies', { body: { name: draft.name, ...content } });
      location.hash = link(['policies', policy.name]);
    },
    changed: () => trial.again(),
  }, left);
  const trial = new PolicyTrial({ policy: '' }, () => editor.content, left);
  root.append(list, h('details', { class: 'card' }, h('summary', {}, h('h2', {}, 'Write a new policy')),
    h('div', { class: 'beside' }, editor.element, trial.element)));

  const live = watch(signal => getAll('/v1/policies', 'policies', { signal }),
    policies => fill(list, policies.length > 0 ? tableOf(policies) : emptyView('There is no policy yet, so every realm is denied.')),
    failure => fill(list, failureView(failure, () => live.refresh())));
  left.addEventListener('abort', () => live.stop());
}

function tableOf(policies) {
  return table('Policies', ['Policy', 'Published', 'Latest', 'Changed'], policies.map(({ name, publishedRevision, latestRevision, updatedAt }) => [
    h('a', { href: link(['policies', name]) }, name),
    publishedRevision ? `revision ${publishedRevision}` : badge('NOT PUBLISHED'),
    publishedRevision === latestRevision ? 'the same' : `revision ${latestRevision}, a draft`,
    time(updatedAt),
  ]));
}
