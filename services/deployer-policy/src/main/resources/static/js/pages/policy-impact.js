import { path, post } from '../api.js';
import { fill, h, table } from '../dom.js';
import { count, counted } from '../format.js';
import { link } from '../router.js';
import { badge } from '../widgets/badge.js';
import { failureView, loadingView } from '../widgets/states.js';

const PAGE_SIZE = 500;
const SHOWN_MAX = 100;

/**
 * What a revision would decide otherwise for the realms that are there, shown on demand.
 *
 * @param {string} policy @param {number} revision @param {AbortSignal} left
 */
export function impactView(policy, revision, left) {
  const shown = h('div', { class: 'section-body', 'aria-live': 'polite' });
  const ask = async () => {
    fill(shown, loadingView('and deciding about every realm'));
    try {
      fill(shown, resultView(await impact(policy, revision, left)));
    } catch (failure) {
      fill(shown, failureView(failure, ask));
    }
  };
  return [h('div', { class: 'row' }, h('button', { type: 'button', onclick: ask }, `What revision ${revision} would change`)), shown];
}

async function impact(policy, revision, signal) {
  const changes = [];
  let pageToken = '';
  do {
    const page = await post(path('policies', policy, 'impact'), { body: { revision }, query: { pageSize: PAGE_SIZE, pageToken }, signal });
    changes.push(...page.changes);
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return changes;
}

function resultView(changes) {
  const changed = changes.filter(({ change }) => change !== 'UNCHANGED');
  return [
    h('p', {}, changed.length === 0
      ? `✓ All ${counted(changes.length, 'realm')} would be decided as they are now.`
      : `${count(changed.length)} of ${counted(changes.length, 'realm')} would be decided otherwise:`),
    changed.length > 0 && table('Impact', ['Realm', 'Change', 'Host', 'Now', 'Then'], changed.slice(0, SHOWN_MAX).flatMap(({ subject, change, hosts }) =>
      hosts.map(({ host, from, to }) => [subjectLink(subject), badge(change), host, ruling(from), ruling(to)]))),
    changed.length > SHOWN_MAX && h('p', { class: 'muted' }, `The first ${SHOWN_MAX} are shown.`),
  ];
}

function subjectLink(subject) {
  const name = subject.replace(/^realm\//, '');
  return name === subject ? subject : h('a', { href: link(['realms', name]) }, name);
}

function ruling(side) {
  if (!side) {
    return 'no policy decides';
  }
  const { verdict, rule, plan, reason } = side;
  return [badge(verdict), ' ', plan ? `${plan.ripasMode.kind}, ${plan.verdict.kind}` : reason, rule && h('span', { class: 'muted' }, ` by ${rule}`)];
}
