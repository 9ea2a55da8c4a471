import { freshId, h } from '../dom.js';

/**
 * Fields that write into a draft as one types, each with its path in the request, so that what the service says about
 * a path can be shown at its field.
 */
export class Fields {
  /** @type {Map<string, {input: any, error: HTMLElement}>} */
  #byPath = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** A field of text. @param {any} target @param {string} key @param {string} path */
  text(label, target, key, path, attributes = {}) {
    return this.field(label, path, h('input', { spellcheck: 'false', autocomplete: 'off', ...attributes, value: target[key] ?? '' }), input => {
      target[key] = input.value.trim();
    });
  }

  number(label, target, key, path, attributes = {}) {
    return this.field(label, path, h('input', { type: 'number', ...attributes, value: target[key] ?? '' }), input => {
      target[key] = input.value === '' ? undefined : Number(input.value);
    });
  }

  area(label, target, key, path, attributes = {}) {
    return this.field(label, path, h('textarea', { spellcheck: 'false', class: 'mono', ...attributes, value: target[key] ?? '' }), input => {
      target[key] = input.value;
    });
  }

  /** @param {[string, string][]} options values and what they are called */
  choice(label, target, key, path, options) {
    const input = h('select', {}, options.map(([value, text]) => h('option', { value, selected: value === (target[key] ?? '') }, text)));
    return this.field(label, path, input, () => {
      target[key] = input.value;
    });
  }

  check(label, target, key) {
    const input = h('input', { type: 'checkbox', checked: target[key] !== false });
    input.addEventListener('change', () => {
      target[key] = input.checked;
      this.changed();
    });
    return h('label', { class: 'check' }, input, ` ${label}`);
  }

  field(label, path, input, write) {
    const error = h('div', { class: 'bad-text field-error', id: freshId('error') });
    input.setAttribute('aria-describedby', error.id);
    input.addEventListener(input.tagName === 'SELECT' ? 'change' : 'input', () => {
      write(input);
      this.changed();
    });
    this.#byPath.set(path, { input, error });
    return h('div', { class: 'field' }, h('label', {}, h('span', {}, label), input), error);
  }

  /** Shows what is wrong at the fields; answers what belongs to none of them. */
  showErrors(errors) {
    for (const { input, error } of this.#byPath.values()) {
      input.removeAttribute('aria-invalid');
      error.textContent = '';
    }
    return errors.filter(error => {
      const found = this.#byPath.get(error.field);
      if (!found?.input.isConnected) {
        return true;
      }
      found.input.setAttribute('aria-invalid', 'true');
      found.error.append(...errorView(error, found.input));
      return false;
    });
  }
}

/** The message, and where the mistake is if the service says so. */
function errorView({ message, line, column }, input) {
  if (!line) {
    return [message];
  }
  const start = input.value.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const go = () => {
    input.focus();
    input.setSelectionRange(start, start + 1);
  };
  return [
    `${message} `,
    h('button', { type: 'button', class: 'link', onclick: go }, `line ${line}, column ${column}`),
    h('code', { class: 'excerpt', 'aria-hidden': 'true' }, `${input.value.split('\n')[line - 1] ?? ''}\n${' '.repeat(column - 1)}▲`),
  ];
}

/**
 * Makes a choice on which it depends what other fields there are: whoever chooses has the form drawn anew.
 *
 * @param {HTMLElement} field of `Fields.choice` @param {() => void} redraw
 */
export function redrawing(field, redraw) {
  field.querySelector('select')?.addEventListener('change', redraw);
  return field;
}

/** Calls a function once nothing has happened for a while. */
export function debounced(deed, pause = 350) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(deed, pause);
  };
}

/** A row of fields that can be taken away. */
export function removable(label, fields, take) {
  return h('div', { class: 'fields', role: 'group', 'aria-label': label }, fields,
    take && h('button', { type: 'button', class: 'quiet', 'aria-label': `Remove ${label}`, title: `Remove ${label}`, onclick: take }, '✕'));
}
