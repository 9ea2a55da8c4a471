import { h } from '../dom.js';
import { LOOKS } from './patterns.js';

/**
 * What moves the view of a strip, for whoever has no wheel.
 *
 * @param {import('./viewport.js').Viewport} viewport
 * @param {import('./strip.js').Strip} strip the one whose cursor is zoomed to
 * @param {[string, {base: number, end: number}][]} places what can be gone to, by its name
 */
export function stripToolbar(viewport, strip, places) {
  const button = (label, text, deed) =>
    h('button', { type: 'button', 'aria-label': label, title: label, onclick: deed }, text);
  return h('div', { class: 'row', role: 'group', 'aria-label': 'View of the memory' },
    button('Zoom in', '+', () => strip.zoom(0.5)),
    button('Zoom out', '−', () => strip.zoom(2)),
    button('Move left', '◀', () => viewport.pan(-0.5)),
    button('Move right', '▶', () => viewport.pan(0.5)),
    h('button', { type: 'button', onclick: () => viewport.showAll() }, 'Whole space'),
    places.map(([name, span]) => h('button', {
      type: 'button',
      onclick: () => {
        viewport.fit(span);
        strip.moveTo(span.base);
      },
    }, name)));
}

/** What colours and textures mean. */
export function stripLegend() {
  const entry = state => h('li', {}, h('span', { class: `swatch look-${LOOKS[state].texture} look-${LOOKS[state].colour}`, 'aria-hidden': 'true' }), state);
  return h('div', { class: 'strip-legend' },
    h('p', {}, 'RIPAS'), h('ul', { class: 'legend' }, ['EMPTY', 'RAM', 'DESTROYED', 'NONE'].map(entry)),
    h('p', {}, 'HIPAS'), h('ul', { class: 'legend' }, ['UNASSIGNED', 'ASSIGNED', 'UNASSIGNED_NS', 'ASSIGNED_NS'].map(entry)));
}
