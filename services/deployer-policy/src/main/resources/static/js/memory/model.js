import { fromHex, hex, size } from '../format.js';

export const PAGE_BYTES = 4096;

/** @typedef {{base: number, end: number, hipas: string, ripas: string}} Run the IPAs from base to before end */
/** @typedef {{base: number, end: number}} Span */
/** @typedef {{span: Span, kind: 'slot' | 'image' | 'declared', text: string}} Mark something that the specification says about a span */

/** @returns {Run[]} ascending, without gaps */
export function readRuns(memory) {
  return memory.runs.map(({ base, size: bytes, hipas, ripas }) =>
    ({ base: fromHex(base), end: fromHex(base) + fromHex(bytes), hipas, ripas }));
}

/** The index of the run that holds an IPA, or of the first one behind it. */
export function indexAt(runs, ipa) {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle].end <= ipa) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Where two states of a memory differ.
 *
 * @param {Run[]} before @param {Run[]} after
 * @returns {Span[]} ascending; what touches is one span
 */
export function differences(before, after) {
  if (before.length === 0 || after.length === 0) {
    return before.length === after.length ? [] : [whole(before.length > 0 ? before : after)];
  }
  const found = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const base = Math.max(before[i].base, after[j].base);
    const end = Math.min(before[i].end, after[j].end);
    if (before[i].hipas !== after[j].hipas || before[i].ripas !== after[j].ripas) {
      const last = found.at(-1);
      if (last?.end === base) {
        last.end = end;
      } else {
        found.push({ base, end });
      }
    }
    if (before[i].end === end) {
      i += 1;
    }
    if (after[j].end === end) {
      j += 1;
    }
  }
  return found;
}

const whole = runs => ({ base: runs[0].base, end: runs.at(-1).end });

/** What changed, as a sentence. */
export function differenceText(before, after) {
  if (before.length === 0 && after.length === 0) {
    return 'There is no realm.';
  }
  if (before.length === 0) {
    return 'The realm came to be, with an empty IPA space.';
  }
  if (after.length === 0) {
    return 'The realm is no more.';
  }
  const spans = differences(before, after);
  if (spans.length === 0) {
    return 'The IPA space did not change.';
  }
  const [{ base, end }] = spans;
  const was = before[indexAt(before, base)];
  const is = after[indexAt(after, base)];
  const parts = [
    was.ripas !== is.ripas && `RIPAS ${was.ripas} became ${is.ripas}`,
    was.hipas !== is.hipas && `HIPAS ${was.hipas} became ${is.hipas}`,
  ].filter(Boolean);
  const more = spans.length > 1 ? `, and ${spans.length - 1} more changed` : '';
  return `${spanText({ base, end })}: ${parts.join(', ')}${more}.`;
}

/** @param {Span} span */
export function spanText({ base, end }) {
  return `${hex(base)} – ${hex(end - 1)} (${size(end - base)})`;
}

/** What a realm's specification and plan say about its IPA space. @returns {Mark[]} */
export function marksOf(spec, plan) {
  const slots = spec.memslots.map(({ base, size: bytes, guestMemfd }, i) => ({
    kind: 'slot',
    span: spanOf(base, bytes),
    text: `memslot ${i}${guestMemfd === false ? ', shared' : ''}`,
  }));
  const images = (spec.images ?? []).map(({ ipa, digest, generated, measured }) => ({
    kind: 'image',
    span: spanOf(ipa, generated?.size ?? '0x1000'),
    text: `image ${digest ? `${digest.slice(0, 12)}…` : 'generated'} from here on${measured === false ? ', not measured' : ', measured'}`,
  }));
  const declared = (plan?.ripasMode.ranges ?? []).map(({ base, size: bytes }, i) => ({
    kind: 'declared',
    span: spanOf(base, bytes),
    text: `range ${i} that the deployer declares`,
  }));
  return /** @type {Mark[]} */ ([...slots, ...images, ...declared]);
}

const spanOf = (base, bytes) => ({ base: fromHex(base), end: fromHex(base) + fromHex(bytes) });

/**
 * What there is at an IPA, as a sentence.
 *
 * @param {number} ipa @param {Run[]} runs @param {Mark[]} marks @param {Span[]} changed @param {number | null} fault
 */
export function describe(ipa, runs, marks, changed, fault) {
  const run = runs[indexAt(runs, ipa)];
  if (!run) {
    return 'There is no realm, and so no memory.';
  }
  const here = marks.filter(({ span }) => span.base <= ipa && ipa < span.end).map(({ text }) => text);
  return [
    `${spanText(run)}: RIPAS ${run.ripas}, HIPAS ${run.hipas}`,
    ...here,
    changed.some(({ base, end }) => base <= ipa && ipa < end) && 'changed by this call',
    fault !== null && fault >= run.base && fault < run.end && `the guest faulted at ${hex(fault)}`,
  ].filter(Boolean).join('; ');
}
