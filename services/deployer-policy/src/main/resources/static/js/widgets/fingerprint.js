import { h } from '../dom.js';
import { shortDigest } from '../format.js';

const SVG = 'http://www.w3.org/2000/svg';
const BARS = 16;
const WIDTH = 4;
const HEIGHT = 16;

/** A digest as a picture that the eye compares before the digits do: a bar as high as each of its first digits. */
function bars(digest) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${BARS * WIDTH} ${HEIGHT}`);
  svg.setAttribute('class', 'fingerprint-bars');
  svg.setAttribute('aria-hidden', 'true');
  [...digest.slice(0, BARS)].forEach((digit, i) => {
    const height = 1 + (Number.parseInt(digit, 16) / 15) * (HEIGHT - 1);
    const bar = document.createElementNS(SVG, 'rect');
    bar.setAttribute('x', String(i * WIDTH));
    bar.setAttribute('y', String(HEIGHT - height));
    bar.setAttribute('width', String(WIDTH - 1));
    bar.setAttribute('height', String(height));
    svg.append(bar);
  });
  return svg;
}

/** The picture of a digest, and its first digits; the whole of it is in the title. */
export const fingerprint = digest =>
  h('span', { class: 'fingerprint', title: digest }, bars(digest), h('code', {}, shortDigest(digest)));
