import { hex, size } from '../format.js';
import { colour } from '../theme.js';
import { indexAt, PAGE_BYTES } from './model.js';
import { fills, isNotable } from './patterns.js';

const FONT = '11px ui-monospace, "DejaVu Sans Mono", monospace';
const AXIS = 20;
const LANES = [
  { name: 'slots', top: AXIS + 4, height: 26 },
  { name: 'RIPAS', top: AXIS + 36, height: 42 },
  { name: 'HIPAS', top: AXIS + 84, height: 42 },
];
export const HEIGHT = AXIS + 134;
/** Narrower, a run is widened to be seen at all. */
const WIDTH_MIN = 3;

/**
 * @typedef {object} Scene
 * @property {import('./model.js').Run[]} runs
 * @property {import('./model.js').Mark[]} marks
 * @property {import('./model.js').Span[]} changed
 * @property {number | null} fault
 * @property {number} cursor
 */

/** Draws what a viewport shows of a memory. */
export class Painter {
  /** @param {CanvasRenderingContext2D} context */
  constructor(context) {
    this.context = context;
    this.fills = fills(context);
  }

  /** @param {Scene} scene @param {import('./viewport.js').Viewport} viewport @param {number} width */
  paint(scene, viewport, width) {
    this.viewport = viewport;
    this.width = width;
    this.context.clearRect(0, 0, width, HEIGHT);
    this.context.font = FONT;
    this.context.textBaseline = 'middle';
    this.axis();
    this.slots(scene.marks);
    this.lane(LANES[1], scene.runs, run => run.ripas);
    this.lane(LANES[2], scene.runs, run => run.hipas);
    this.pages();
    this.boundary();
    scene.changed.forEach(span => this.change(span));
    if (scene.fault !== null) {
      this.fault(scene.fault);
    }
    this.cursor(scene.cursor);
  }

  x(ipa) {
    return ((ipa - this.viewport.base) / this.viewport.span) * this.width;
  }

  axis() {
    const { context, viewport } = this;
    context.fillStyle = colour('muted');
    context.strokeStyle = colour('line');
    context.lineWidth = 1;
    const step = tickStep(viewport.span / Math.max(2, this.width / 130));
    for (let ipa = Math.ceil(viewport.base / step) * step; ipa <= viewport.end; ipa += step) {
      const x = Math.round(this.x(ipa)) + 0.5;
      context.beginPath();
      context.moveTo(x, AXIS - 4);
      context.lineTo(x, HEIGHT);
      context.stroke();
      const text = hex(ipa);
      if (x + 4 + context.measureText(text).width < this.width) {
        context.fillText(text, x + 3, 8);
      }
    }
  }

  slots(marks) {
    const { top, height } = LANES[0];
    const { context } = this;
    for (const { kind, span } of marks) {
      const x = this.x(span.base);
      const width = Math.max(this.x(span.end) - x, WIDTH_MIN);
      if (kind === 'slot') {
        context.fillStyle = colour('accent-soft');
        context.strokeStyle = colour('accent');
        context.setLineDash([]);
        context.fillRect(x, top, width, height);
        context.strokeRect(x, top + 0.5, width, height - 1);
      } else if (kind === 'image') {
        context.fillStyle = colour('accent');
        context.fillRect(x, top + height / 2, width, height / 2);
      } else {
        context.strokeStyle = colour('ink');
        context.setLineDash([4, 3]);
        context.strokeRect(x, top + 3, width, height - 6);
        context.setLineDash([]);
      }
    }
  }

  /** Runs that share a pixel with the one before are drawn once, so that the work is bounded by the width. */
  lane({ top, height }, runs, stateOf) {
    const { context, viewport } = this;
    let drawnTo = -Infinity;
    for (let i = indexAt(runs, viewport.base); i < runs.length && runs[i].base < viewport.end; i += 1) {
      const state = stateOf(runs[i]);
      const from = Math.max(this.x(runs[i].base), 0);
      const to = Math.min(this.x(runs[i].end), this.width);
      const narrow = to - from < WIDTH_MIN;
      if (!narrow || (isNotable(state) && from + WIDTH_MIN > drawnTo)) {
        const width = narrow ? WIDTH_MIN : to - from;
        context.fillStyle = this.fills[state] ?? colour('control');
        context.fillRect(from, top, width, height);
        context.strokeStyle = colour('control');
        context.strokeRect(from, top + 0.5, width, height - 1);
        this.label(state, from, to, top + height / 2);
        drawnTo = from + width;
      }
    }
  }

  label(text, from, to, y) {
    const { context } = this;
    const width = context.measureText(text).width;
    if (to - from > width + 16) {
      const x = (from + to - width) / 2;
      context.fillStyle = colour('card');
      context.fillRect(x - 4, y - 8, width + 8, 16);
      context.fillStyle = colour('ink');
      context.fillText(text, x, y);
    }
  }

  /** Single pages, once they are wide enough to be told apart. */
  pages() {
    const { context, viewport } = this;
    if ((PAGE_BYTES / viewport.span) * this.width < 6) {
      return;
    }
    context.strokeStyle = colour('card');
    context.beginPath();
    for (let ipa = Math.ceil(viewport.base / PAGE_BYTES) * PAGE_BYTES; ipa < viewport.end; ipa += PAGE_BYTES) {
      const x = Math.round(this.x(ipa)) + 0.5;
      context.moveTo(x, LANES[1].top + 1);
      context.lineTo(x, LANES[2].top + LANES[2].height - 1);
    }
    context.stroke();
  }

  /** Between the protected and the unprotected half. */
  boundary() {
    const { context, viewport } = this;
    const x = this.x(viewport.total / 2);
    if (x > 0 && x < this.width) {
      context.strokeStyle = colour('ink');
      context.setLineDash([2, 3]);
      line(context, x, AXIS, HEIGHT);
      context.setLineDash([]);
    }
  }

  change({ base, end }) {
    const from = this.x(base);
    const to = Math.max(this.x(end), from + 3);
    if (to > 0 && from < this.width) {
      this.context.fillStyle = colour('changed');
      this.context.fillRect(from, HEIGHT - 5, to - from, 4);
    }
  }

  fault(ipa) {
    const x = this.x(ipa);
    if (x < -6 || x > this.width + 6) {
      return;
    }
    const { context } = this;
    context.strokeStyle = colour('bad');
    context.fillStyle = colour('bad');
    context.lineWidth = 2;
    line(context, x, AXIS, HEIGHT - 6);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x - 6, AXIS - 6);
    context.lineTo(x + 6, AXIS - 6);
    context.lineTo(x, AXIS + 4);
    context.fill();
    const text = 'fault';
    const left = x + 10 + context.measureText(text).width > this.width;
    context.fillText(text, left ? x - 8 - context.measureText(text).width : x + 8, AXIS - 2);
  }

  cursor(ipa) {
    const x = this.x(ipa);
    if (x >= -1 && x <= this.width + 1) {
      this.context.strokeStyle = colour('ink');
      line(this.context, Math.round(x) + 0.5, AXIS - 2, HEIGHT);
    }
  }
}

function line(context, x, from, to) {
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.stroke();
}

/** The power of two at or above a distance, so that ticks are round in hexadecimal digits. */
function tickStep(distance) {
  return Math.max(PAGE_BYTES, 2 ** Math.ceil(Math.log2(distance)));
}

/** How much is in view, in words. */
export const viewText = viewport => `${hex(Math.floor(viewport.base))} and ${size(Math.round(viewport.span / PAGE_BYTES) * PAGE_BYTES)} from there`;
