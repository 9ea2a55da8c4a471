import { Problem } from '../api.js';
import { h } from '../dom.js';

/** What is shown while the first answer is under way. */
export function loadingView(what) {
  return h('p', { class: 'state busy', role: 'status' }, `Loading ${what} …`);
}

/** What is shown where there is nothing, with what could be done about it. */
export function emptyView(sentence, ...more) {
  return h('div', { class: 'state' }, h('p', {}, sentence), more);
}

/**
 * A failure in the service's own words.
 *
 * @param {Error} failure
 * @param {() => void} [retry]
 */
export function failureView(failure, retry) {
  return h('div', { class: 'state failure', role: 'alert' },
    failure instanceof Problem ? problemText(failure) : h('p', {}, failure.message),
    retry && h('p', {}, h('button', { type: 'button', onclick: retry }, 'Try again')));
}

function problemText(problem) {
  return [
    h('p', {}, h('strong', {}, problem.title), ' ', h('code', {}, `${problem.status} ${problem.slug}`)),
    h('p', {}, problem.message),
    problem.errors.length > 0 && h('ul', { class: 'bullets' }, problem.errors.map(({ field, message }) =>
      h('li', {}, h('code', {}, field), ' ', message))),
  ];
}

/** Shows a failure of an action for as long as nothing else is done; empty it with `clear`. */
export class Notice {
  element = h('div', { class: 'notice', 'aria-live': 'assertive' });

  fail(failure) {
    this.element.replaceChildren(failureView(failure));
  }

  say(sentence) {
    this.element.replaceChildren(h('p', { class: 'state good' }, sentence));
  }

  clear() {
    this.element.replaceChildren();
  }
}
