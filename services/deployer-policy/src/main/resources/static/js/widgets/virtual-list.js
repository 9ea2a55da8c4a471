import { h } from '../dom.js';

/** Rows kept above and below those in view, so that scrolling never shows a gap. */
const MARGIN = 8;

/**
 * A list of any length of which only the rows in view are in the document. Every row is as high as `--row` of the
 * list says.
 *
 * @template T
 */
export class VirtualList {
  /**
   * @param {string} label
   * @param {(item: T) => HTMLElement} row
   * @param {(item: T) => string} key what stays when an item changes
   * @param {() => void} nearEnd the last rows have come into view
   */
  constructor(label, row, key, nearEnd = () => {}) {
    this.row = row;
    this.key = key;
    this.nearEnd = nearEnd;
    /** @type {T[]} */
    this.items = [];
    this.height = 0;
    /** @type {Map<string, {item: T, text: string, element: HTMLElement}>} */
    this.drawn = new Map();
    this.space = h('div', { class: 'virtual-space', role: 'list', 'aria-label': label });
    this.element = h('div', { class: 'virtual-list', tabindex: 0, role: 'region', 'aria-label': label }, this.space);
    this.element.addEventListener('scroll', () => this.schedule(), { passive: true });
    new ResizeObserver(() => {
      this.height = 0;
      this.schedule();
    }).observe(this.element);
  }

  /** @param {T[]} items */
  set(items) {
    this.items = items;
    this.draw();
  }

  /** Asked of the style once for each width, for the answer may cost a layout. */
  get rowHeight() {
    this.height ||= Number.parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 44;
    return this.height;
  }

  /** Draws with the next frame, however often the list was scrolled by then. */
  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
  }

  /** The indexes of the rows in view: from the first to before the end. */
  get range() {
    const height = this.rowHeight;
    const first = Math.floor(this.element.scrollTop / height);
    const end = Math.ceil((this.element.scrollTop + this.element.clientHeight) / height);
    return { first, end: Math.min(end, this.items.length) };
  }

  scrollTo(index) {
    const top = index * this.rowHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || top + this.rowHeight > scrollTop + clientHeight) {
      this.element.scrollTop = Math.max(0, top - clientHeight / 2);
    }
  }

  draw() {
    const height = this.rowHeight;
    const { first, end } = this.range;
    this.space.style.height = `${this.items.length * height}px`;
    const kept = new Map();
    for (let i = Math.max(0, first - MARGIN); i < Math.min(this.items.length, end + MARGIN); i += 1) {
      kept.set(this.key(this.items[i]), this.place(i, height));
    }
    for (const [key, { element }] of this.drawn) {
      if (kept.get(key)?.element !== element) {
        element.remove();
      }
    }
    this.drawn = kept;
    if (end + MARGIN >= this.items.length) {
      this.nearEnd();
    }
  }

  /** A row that says the same as before keeps its element, and with it the focus and the selection. */
  place(index, height) {
    const item = this.items[index];
    const before = this.drawn.get(this.key(item));
    const text = before?.item === item ? before.text : JSON.stringify(item);
    const element = before?.text === text ? before.element : this.row(item);
    element.setAttribute('role', 'listitem');
    element.setAttribute('aria-setsize', String(this.items.length));
    element.setAttribute('aria-posinset', String(index + 1));
    element.style.transform = `translateY(${index * height}px)`;
    if (!element.isConnected) {
      this.space.append(element);
    }
    return { item, text, element };
  }
}
