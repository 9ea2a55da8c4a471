import { colour } from '../theme.js';

const TILE = 8;

/** How each state looks: a colour and a texture, so that either tells it. Empty states are paper. */
export const LOOKS = {
  EMPTY: { colour: 'line', texture: 'none' },
  RAM: { colour: 'ram', texture: 'solid' },
  DESTROYED: { colour: 'destroyed', texture: 'cross' },
  NONE: { colour: 'unprotected', texture: 'dots' },
  UNASSIGNED: { colour: 'line', texture: 'none' },
  ASSIGNED: { colour: 'assigned', texture: 'rising' },
  UNASSIGNED_NS: { colour: 'unprotected', texture: 'dots' },
  ASSIGNED_NS: { colour: 'shared', texture: 'upright' },
};

/** States that are worth a mark even where they are narrower than a pixel. */
export const isNotable = state => LOOKS[state]?.texture !== 'none' && LOOKS[state]?.texture !== 'dots';

/** @type {Record<string, (context: CanvasRenderingContext2D) => void>} */
const TEXTURES = {
  none() {},
  solid(context) {
    context.fillRect(0, 0, TILE, TILE);
  },
  dots(context) {
    context.fillRect(1, 1, 1.5, 1.5);
    context.fillRect(5, 5, 1.5, 1.5);
  },
  rising(context) {
    lines(context, [[-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6]], 3.2);
  },
  cross(context) {
    lines(context, [[-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6], [-2, 6, 2, 10], [-2, -2, 10, 10], [6, -2, 10, 2]], 1.6);
  },
  upright(context) {
    context.fillRect(1, 0, 3, TILE);
  },
};

function lines(context, segments, width) {
  context.lineWidth = width;
  context.beginPath();
  for (const [x0, y0, x1, y1] of segments) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
}

/** The fill of each state on a canvas, in the colours of the present scheme. */
export function fills(context) {
  return Object.fromEntries(Object.entries(LOOKS).map(([state, { colour: name, texture }]) => {
    const tile = document.createElement('canvas');
    tile.width = TILE;
    tile.height = TILE;
    const drawing = tile.getContext('2d');
    drawing.fillStyle = colour('card');
    drawing.fillRect(0, 0, TILE, TILE);
    drawing.fillStyle = colour(name);
    drawing.strokeStyle = colour(name);
    TEXTURES[texture](drawing);
    return [state, context.createPattern(tile, 'repeat')];
  }));
}
