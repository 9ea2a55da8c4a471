import { PAGE_BYTES } from './model.js';

const SPAN_MIN = 8 * PAGE_BYTES;

/** Which part of an IPA space is in view. Tells `change`; several strips may look through one. */
export class Viewport extends EventTarget {
  base = 0;
  span = SPAN_MIN;

  /** @param {number} total bytes of the whole space */
  constructor(total) {
    super();
    this.total = total;
    this.span = total;
  }

  get end() {
    return this.base + this.span;
  }

  /** Shows a span with a margin around it. @param {{base: number, end: number}} wanted */
  fit({ base, end }, margin = 0.08) {
    const space = (end - base) * margin;
    this.set(base - space, end - base + 2 * space);
  }

  showAll() {
    this.set(0, this.total);
  }

  /** Zooms by a factor; what is at the fraction `at` of the view stays there. */
  zoom(factor, at = 0.5) {
    const span = clamp(this.span * factor, SPAN_MIN, this.total);
    this.set(this.base + at * (this.span - span), span);
  }

  /** Moves by a fraction of the view. */
  pan(fraction) {
    this.set(this.base + fraction * this.span, this.span);
  }

  /** Moves no further than needed to have an IPA in view. */
  reveal(ipa) {
    if (ipa < this.base || ipa >= this.end) {
      this.set(ipa - this.span / 2, this.span);
    }
  }

  set(base, span) {
    this.span = clamp(span, SPAN_MIN, this.total);
    this.base = clamp(base, 0, this.total - this.span);
    this.dispatchEvent(new Event('change'));
  }
}

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
