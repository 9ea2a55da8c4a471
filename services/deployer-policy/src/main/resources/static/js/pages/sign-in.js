import { fill, h } from '../dom.js';
import { session } from '../session.js';

/**
 * Stands in the place of a page that the service does not show without a token.
 *
 * @param {HTMLElement} main @param {Error} why what the service said
 */
export function showSignIn(main, why) {
  const token = h('textarea', { class: 'mono', rows: 4, spellcheck: 'false', autocomplete: 'off', required: true, 'aria-describedby': 'sign-in-why' });
  const heading = h('h1', { tabindex: -1 }, 'Sign in');
  const form = h('form', {
    class: 'card',
    onsubmit: event => {
      event.preventDefault();
      // As it is often copied out of a header.
      session.signIn(token.value.trim().replace(/^Bearer\s+/i, ''));
    },
  },
  h('p', { id: 'sign-in-why' }, why.message),
  h('p', { class: 'muted' }, 'Whoever runs this service says who issues its tokens. A token is kept in this tab alone, and forgotten with it.'),
  h('label', {}, 'Token', token),
  h('div', { class: 'row' }, h('button', { class: 'primary' }, 'Sign in')));
  document.title = 'Sign in · Realmwright';
  fill(main, heading, form);
  heading.focus();
}
