/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] a function is a listener, `true` an attribute without value; what is
 *   false, null or undefined is left out
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.replace(/^on/, ''), /** @type {EventListener} */ (value));
    } else if (name === 'value') {
      element.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/**
 * Replaces what an element holds. If that has the focus, the control in the new content gets it that says the same, or
 * else the one in the same place: what is drawn anew under somebody's hands does not throw them back to the top.
 */
export function fill(element, ...children) {
  const focused = /** @type {any} */ (document.activeElement);
  const before = element.contains(focused) ? controlsOf(element) : [];
  element.replaceChildren(...present(children));
  if (before.includes(focused) && document.activeElement !== focused) {
    const after = controlsOf(element);
    const same = after.filter(control => saying(control) === saying(focused));
    (same.length === 1 ? same[0] : after[before.indexOf(focused)])?.focus({ preventScroll: true });
  }
  return element;
}

const controlsOf = element => [...element.querySelectorAll('a[href], button, input, select, summary, textarea')];

const saying = control => control.tagName + (control.getAttribute('aria-label') ?? control.textContent);

function present(children) {
  return children
    .flat(Infinity)
    .filter(child => child !== null && child !== undefined && child !== false)
    .map(child => (child instanceof Node ? child : String(child)));
}

/** A list of terms; rows whose value is absent are left out. */
export function terms(rows, className = 'terms') {
  return h('dl', { class: className }, rows
    .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
    .map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

/**
 * A table whose first cell of each row heads it.
 *
 * @param {string} caption
 * @param {string[]} columns
 * @param {Child[][]} rows
 */
export function table(caption, columns, rows) {
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    h('table', {},
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col' }, column)))),
      h('tbody', {}, rows.map(([head, ...cells]) =>
        h('tr', {}, h('th', { scope: 'row' }, head), cells.map(cell => h('td', {}, cell)))))));
}

let ids = 0;

/** An id that no other element has. */
export function freshId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}
