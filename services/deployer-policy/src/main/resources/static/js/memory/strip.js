import { freshId, h } from '../dom.js';
import { theme } from '../theme.js';
import { describe, indexAt, PAGE_BYTES } from './model.js';
import { Overview } from './overview.js';
import { HEIGHT, Painter, viewText } from './painter.js';
import { clamp } from './viewport.js';

const KEYS = 'Arrow keys go from run to run, with Shift from page to page; + and − zoom; Page Up and Page Down move the view; Home shows the whole space.';
const ZOOM = 0.5;

/**
 * A realm's IPA space as a picture: what the specification says, RIPAS, and HIPAS, one above the other. A cursor tells
 * in words what is under it.
 */
export class Strip {
  /** @param {string} label @param {import('./viewport.js').Viewport} viewport @param {AbortSignal} left */
  constructor(label, viewport, left) {
    this.viewport = viewport;
    /** @type {import('./painter.js').Scene} */
    this.scene = { runs: [], marks: [], changed: [], fault: null, cursor: 0 };
    const keys = freshId('keys');
    this.canvas = h('canvas', { height: HEIGHT, 'aria-hidden': 'true' });
    this.surface = h('div', {
      class: 'strip-surface', tabindex: 0, role: 'application', 'aria-label': label, 'aria-describedby': keys,
      onkeydown: event => this.key(event),
    }, this.canvas);
    this.readout = h('output', { class: 'strip-readout', 'aria-live': 'polite' });
    this.view = h('p', { class: 'muted strip-view' });
    this.overview = new Overview(viewport);
    this.element = h('div', { class: 'strip' },
      h('div', { class: 'strip-lanes', 'aria-hidden': 'true' }, h('span', {}, 'slots'), h('span', {}, 'RIPAS'), h('span', {}, 'HIPAS')),
      this.surface,
      h('span', { class: 'strip-space', 'aria-hidden': 'true' }, 'space'), this.overview.element,
      h('div', { class: 'strip-foot' }, this.readout, this.view),
      h('p', { class: 'visually-hidden', id: keys }, KEYS));
    this.listen(left);
  }

  listen(left) {
    const options = { signal: left };
    this.viewport.addEventListener('change', () => this.schedule(), options);
    theme.addEventListener('change', () => { this.painter = undefined; this.schedule(); }, options);
    this.canvas.addEventListener('wheel', event => {
      event.preventDefault();
      this.viewport.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.fraction(event));
    }, { passive: false, signal: left });
    this.canvas.addEventListener('pointerdown', event => this.drag(event), options);
    const resize = new ResizeObserver(() => this.schedule());
    resize.observe(this.surface);
    left.addEventListener('abort', () => resize.disconnect());
  }

  /** @param {Partial<import('./painter.js').Scene>} part */
  show(part) {
    Object.assign(this.scene, part);
    this.overview.mark(this.scene.marks);
    this.schedule();
    this.describe();
  }

  moveTo(ipa) {
    this.scene.cursor = clamp(ipa, 0, this.viewport.total - PAGE_BYTES);
    this.viewport.reveal(this.scene.cursor);
    this.schedule();
    this.describe();
  }

  describe() {
    const { cursor, runs, marks, changed, fault } = this.scene;
    this.readout.textContent = describe(cursor, runs, marks, changed, fault);
  }

  fraction(event) {
    const { left, width } = this.canvas.getBoundingClientRect();
    return (event.clientX - left) / width;
  }

  /** A press sets the cursor; a press that moves takes the view along. */
  drag(event) {
    const start = { fraction: this.fraction(event), base: this.viewport.base, moved: false };
    const tracking = new AbortController();
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.addEventListener('pointermove', move => {
      const distance = this.fraction(move) - start.fraction;
      start.moved ||= Math.abs(distance) > 0.01;
      if (start.moved) {
        this.viewport.set(start.base - distance * this.viewport.span, this.viewport.span);
      }
    }, { signal: tracking.signal });
    this.canvas.addEventListener('pointerup', () => {
      tracking.abort();
      if (!start.moved) {
        this.moveTo(pageOf(this.viewport.base + start.fraction * this.viewport.span));
      }
    }, { signal: tracking.signal });
    this.canvas.addEventListener('pointercancel', () => tracking.abort(), { signal: tracking.signal });
  }

  key(event) {
    const deed = this.deedOf(event);
    if (deed && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      deed();
    }
  }

  deedOf({ key, shiftKey }) {
    switch (key) {
      case 'ArrowRight':
        return () => this.moveTo(shiftKey ? this.scene.cursor + PAGE_BYTES : this.neighbour(1));
      case 'ArrowLeft':
        return () => this.moveTo(shiftKey ? this.scene.cursor - PAGE_BYTES : this.neighbour(-1));
      case '+':
      case '=':
        return () => this.zoom(ZOOM);
      case '-':
        return () => this.zoom(1 / ZOOM);
      case 'PageDown':
        return () => this.viewport.pan(0.5);
      case 'PageUp':
        return () => this.viewport.pan(-0.5);
      case 'Home':
        return () => this.viewport.showAll();
      default:
        return null;
    }
  }

  /** Zooms around the cursor, or around the middle if the cursor is out of view. */
  zoom(factor) {
    const at = (this.scene.cursor - this.viewport.base) / this.viewport.span;
    this.viewport.zoom(factor, at >= 0 && at <= 1 ? at : 0.5);
  }

  neighbour(step) {
    const { runs, cursor } = this.scene;
    const index = indexAt(runs, cursor);
    const inside = step < 0 && runs[index] && cursor > runs[index].base;
    return runs[clamp(inside ? index : index + step, 0, runs.length - 1)]?.base ?? 0;
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.paint();
    });
  }

  paint() {
    const width = this.surface.clientWidth;
    if (width === 0) {
      return;
    }
    const density = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * density)) {
      this.canvas.width = Math.round(width * density);
      this.canvas.height = HEIGHT * density;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${HEIGHT}px`;
      this.painter = undefined;
    }
    const context = this.canvas.getContext('2d');
    context.setTransform(density, 0, 0, density, 0, 0);
    this.painter ??= new Painter(context);
    this.painter.paint(this.scene, this.viewport, width);
    this.overview.draw();
    this.view.textContent = `In view: ${viewText(this.viewport)}`;
  }
}

const pageOf = ipa => Math.floor(ipa / PAGE_BYTES) * PAGE_BYTES;
