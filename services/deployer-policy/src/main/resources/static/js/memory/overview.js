import { h } from '../dom.js';

/** The whole IPA space as a thin bar: where memslots are, and which part of it the strip above shows. */
export class Overview {
  /** @param {import('./viewport.js').Viewport} viewport */
  constructor(viewport) {
    this.viewport = viewport;
    this.window = h('span', { class: 'overview-window' });
    this.slots = h('span', { class: 'overview-slots' });
    this.element = h('div', { class: 'overview', 'aria-hidden': 'true', title: 'The whole IPA space; the frame is what the strip shows' }, this.slots, this.window);
    this.element.addEventListener('pointerdown', event => {
      const { left, width } = this.element.getBoundingClientRect();
      viewport.set(((event.clientX - left) / width) * viewport.total - viewport.span / 2, viewport.span);
    });
  }

  /** @param {import('./model.js').Mark[]} marks */
  mark(marks) {
    this.slots.replaceChildren(...marks.filter(({ kind }) => kind === 'slot').map(({ span }) => this.placed(h('span', {}), span.base, span.end - span.base)));
  }

  draw() {
    this.placed(this.window, this.viewport.base, this.viewport.span);
  }

  placed(element, base, span) {
    const { total } = this.viewport;
    element.style.left = `${(base / total) * 100}%`;
    element.style.width = `${(span / total) * 100}%`;
    return element;
  }
}
