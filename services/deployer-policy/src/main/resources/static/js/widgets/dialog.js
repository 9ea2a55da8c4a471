import { freshId, h } from '../dom.js';

/**
 * Asks before something that cannot be undone. Escape and the first button leave everything as it is.
 *
 * @param {string} question @param {string} consequence what is lost @param {string} deed what the other button says
 * @returns {Promise<boolean>}
 */
export function asked(question, consequence, deed) {
  const heading = freshId('question');
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': heading },
    h('h2', { id: heading }, question),
    h('p', {}, consequence),
    h('form', { method: 'dialog', class: 'row' },
      h('button', { value: 'no', autofocus: true }, 'Leave it as it is'),
      h('button', { value: 'yes', class: 'danger' }, deed)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
