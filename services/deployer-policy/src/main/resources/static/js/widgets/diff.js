import { h } from '../dom.js';

/** More cells than this are not worth the wait: what differs in the middle is shown as a whole. */
const CELLS_MAX = 4_000_000;

/**
 * The lines of two texts, each with where it is.
 *
 * @returns {{sign: '=' | '-' | '+', text: string}[]}
 */
function diffLines(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    tail += 1;
  }
  const same = text => ({ sign: '=', text });
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - tail), b.slice(start, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

/** By the longest common subsequence. */
function middle(a, b) {
  if (a.length * b.length > CELLS_MAX) {
    return [...a.map(text => ({ sign: '-', text })), ...b.map(text => ({ sign: '+', text }))];
  }
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: '=', text: a[i] });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      lines.push({ sign: '-', text: a[i] });
      i += 1;
    } else {
      lines.push({ sign: '+', text: b[j] });
      j += 1;
    }
  }
  return lines;
}

/** The difference of two documents, line by line. */
export function diffView(before, after, label) {
  const lines = diffLines(JSON.stringify(before, null, 2), JSON.stringify(after, null, 2));
  if (lines.every(({ sign }) => sign === '=')) {
    return h('p', { class: 'muted' }, 'They are equal.');
  }
  const words = { '-': 'removed', '+': 'added', '=': '' };
  return h('div', { class: 'diff mono', tabindex: 0, role: 'region', 'aria-label': label }, lines.map(({ sign, text }) =>
    h('div', { class: `diff-${words[sign] || 'same'}` },
      h('span', { 'aria-hidden': 'true' }, sign === '=' ? ' ' : sign),
      words[sign] && h('span', { class: 'visually-hidden' }, `${words[sign]}: `),
      h('span', {}, text))));
}
