import { h } from '../dom.js';
import { colour, theme } from '../theme.js';

const HEIGHT = 44;

/** How tall a call is drawn, by what it is about; a refused one is drawn hollow. */
const KINDS = [
  [/REALM|RMM/, 1, 'destroyed', 'realm'],
  [/REC_ENTER/, 0.9, 'good', 'guest runs'],
  [/RIPAS/, 0.8, 'ram', 'RIPAS'],
  [/DATA|MAP/, 0.6, 'assigned', 'contents'],
  [/REC|PSCI|OP_/, 0.5, 'shared', 'vCPUs'],
  [/RTT/, 0.4, 'assigned', 'tables'],
  [/./, 0.25, 'control', 'granules'],
];

const kindOf = command => KINDS.find(([pattern]) => pattern.test(command));

/** What the heights of the bars mean. */
export function ribbonLegend() {
  return h('ul', { class: 'legend ribbon-legend', 'aria-hidden': 'true' }, KINDS.map(([, share, name, text]) => {
    const swatch = h('span', { class: 'ribbon-swatch' });
    swatch.style.height = `${share * 16}px`;
    swatch.style.background = `var(--${name})`;
    return h('li', {}, swatch, text);
  }), h('li', {}, h('span', { class: 'ribbon-swatch ribbon-hollow' }), 'not done at once'));
}

/** All calls of a trace side by side, the present one marked. The list beside it says the same in words. */
export class Ribbon {
  /** @param {(call: number) => void} choose @param {AbortSignal} left */
  constructor(choose, left) {
    this.calls = [];
    this.current = 0;
    this.canvas = h('canvas', { class: 'ribbon', height: HEIGHT, 'aria-hidden': 'true' });
    this.element = h('div', { class: 'ribbon-frame' }, this.canvas);
    this.canvas.addEventListener('click', event => {
      const { left: start, width } = this.canvas.getBoundingClientRect();
      const call = Math.floor(((event.clientX - start) / width) * this.calls.length);
      choose(Math.min(Math.max(call, 0), this.calls.length - 1));
    }, { signal: left });
    theme.addEventListener('change', () => this.paint(), { signal: left });
    const resize = new ResizeObserver(() => this.paint());
    resize.observe(this.element);
    left.addEventListener('abort', () => resize.disconnect());
  }

  show(calls, current) {
    this.calls = calls;
    this.current = current;
    this.paint();
  }

  paint() {
    const width = this.element.clientWidth;
    if (width === 0 || this.calls.length === 0) {
      return;
    }
    const density = devicePixelRatio;
    this.canvas.width = Math.round(width * density);
    this.canvas.height = HEIGHT * density;
    this.canvas.style.width = `${width}px`;
    const context = this.canvas.getContext('2d');
    context.scale(density, density);
    const step = width / this.calls.length;
    let lastColumn = -1;
    this.calls.forEach(({ command, status }, i) => {
      const column = Math.floor(i * step);
      if (column === lastColumn) {
        return;
      }
      lastColumn = column;
      this.bar(context, i * step, Math.max(step - 1, 1), kindOf(command), status !== 'RMI_SUCCESS', i > this.current);
    });
    context.globalAlpha = 1;
    context.fillStyle = colour('ink');
    const x = this.current * step;
    context.fillRect(x, HEIGHT - 4, Math.max(step - 1, 3), 4);
  }

  bar(context, x, width, [, share, name], hollow, ahead) {
    const height = share * (HEIGHT - 10);
    context.globalAlpha = ahead ? 0.35 : 1;
    context.fillStyle = colour(name);
    context.fillRect(x, HEIGHT - 6 - height, width, height);
    if (hollow && width > 2) {
      context.globalAlpha = 1;
      context.fillStyle = colour('card');
      context.fillRect(x + 1, HEIGHT - 5 - height, width - 2, height - 2);
    }
  }
}
