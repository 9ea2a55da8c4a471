import { getAll, getWithTag, path, post, put } from '../api.js';
import { fill, h, table, terms } from '../dom.js';
import { time } from '../format.js';
import { badge } from '../widgets/badge.js';
import { diffView } from '../widgets/diff.js';
import { failureView, loadingView, Notice } from '../widgets/states.js';
import { draftOf } from './policy-draft.js';
import { PolicyEditor } from './policy-editor.js';
import { impactView } from './policy-impact.js';
import { PolicyTrial } from './policy-trial.js';

export const title = ({ parts }) => `Policy ${parts[0]}`;

/** @type {import('../router.js').Page['show']} */
export function show(root, { parts: [name], left }) {
  const notice = new Notice();
  const body = h('div', { class: 'page-body' }, loadingView('the policy'));
  root.append(notice.element, body);
  load();

  async function load() {
    try {
      const [{ value: policy, tag }, revisions] = await Promise.all([
        getWithTag(path('policies', name), { signal: left }),
        getAll(path('policies', name, 'revisions'), 'revisions', { signal: left }),
      ]);
      draw(policy, tag, revisions);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        fill(body, failureView(failure, load));
      }
    }
  }

  function draw(policy, tag, revisions) {
    const latest = revisions.at(-1);
    const editor = new PolicyEditor(draftOf(name, latest.content), {
      isNew: false,
      action: 'Save as a new revision',
      async save(_, content) {
        await put(path('policies', name), { body: content, headers: { 'If-Match': tag } });
        notice.say('Saved as a draft. It decides nothing before it is published.');
        await load();
      },
      changed: () => trial.again(),
    }, left);
    const trial = new PolicyTrial({ policy: name, published: policy.publishedRevision }, () => editor.content, left);
    fill(body,
      h('div', { class: 'row' }, policy.publishedRevision
        ? h('span', {}, `Revision ${policy.publishedRevision} decides.`) : badge('NOT PUBLISHED')),
      revisionsView(revisions, policy, number => publish(number, tag), left),
      h('div', { class: 'beside' },
        h('section', { class: 'card', 'aria-labelledby': 'edit' }, h('h2', { id: 'edit' }, `Edit, beginning from revision ${latest.revision}`), editor.element),
        trial.element));
  }

  /** If-Match makes sure that what is published is what was looked at. */
  async function publish(number, tag) {
    notice.clear();
    try {
      await post(path('policies', name, 'revisions', String(number), 'publish'), { headers: { 'If-Match': tag } });
      notice.say(`Revision ${number} decides from now on.`);
      await load();
    } catch (failure) {
      notice.fail(failure);
    }
  }
}

/** A revision in short: each rule in a line; the whole of it on demand. */
function contentView({ revision, content }) {
  return [
    content.description && h('p', {}, content.description),
    table(`Rules of revision ${revision}`, ['Rule', 'When', 'Then'], content.rules.map(({ name, when, effect }) =>
      [name, h('code', {}, when), effect.kind === 'DENY'
        ? [badge('DENY'), ` ${effect.message}`]
        : [badge('ALLOW'), ' ', h('code', {}, effect.ripasMode.kind), ', verdict ', h('code', {}, effect.verdict.kind)]])),
    h('details', {}, h('summary', {}, 'As JSON'), h('pre', { tabindex: 0, 'aria-label': 'Content' }, JSON.stringify(content, null, 2))),
  ];
}

function revisionsView(revisions, policy, publish, left) {
  const numbers = revisions.map(({ revision }) => revision);
  const choose = (label, number) => {
    const select = h('select', { onchange: compare }, numbers.map(value => h('option', { value, selected: value === number }, `revision ${value}`)));
    return { select, label: h('label', {}, label, select) };
  };
  const shown = h('div', { class: 'section-body' });
  const before = choose('From', policy.publishedRevision ?? numbers.at(-2) ?? numbers[0]);
  const after = choose('To', numbers.at(-1));
  const element = h('section', { class: 'card', 'aria-labelledby': 'revisions' },
    h('h2', { id: 'revisions' }, 'Revisions'), h('div', { class: 'filters' }, before.label, after.label), shown);
  compare();
  return element;

  function compare() {
    const [one, other] = [before, after].map(({ select }) => revisions.find(({ revision }) => revision === Number(select.value)));
    fill(shown, one === other ? contentView(other)
      : diffView(one.content, other.content, `Changes from revision ${one.revision} to ${other.revision}`),
    terms([
      ['Digest', h('code', {}, other.digest)],
      ['Written', time(other.createdAt) + (other.author ? ` by ${other.author}` : '')],
      ['Published', other.publishedAt ? time(other.publishedAt) : 'never'],
    ]),
    other.revision !== policy.publishedRevision && impactView(policy.name, other.revision, left),
    h('div', { class: 'row' }, h('button', {
      type: 'button', class: 'primary', disabled: other.revision === policy.publishedRevision, onclick: () => publish(other.revision),
    }, `Publish revision ${other.revision}`)));
  }
}
