import { labelsText, readLabels } from '../labels.js';

/** A rule as the editor holds it: everything is there, ranges are text. */
export function emptyRule() {
  return {
    name: '', when: 'true', kind: 'ALLOW', message: '',
    mode: 'HOST_ALL_MEMSLOTS', modeRanges: '[{"slot": 0, "part": "LOW_HALF"}]',
    verdict: 'ACCEPT', verdictRanges: '[{"slot": 0, "part": "ALL"}]',
    measuredContents: 'AS_SPECIFIED', binding: 'no',
  };
}

export const emptyPolicy = () => ({ name: '', description: '', selects: 'no', selector: '', rules: [{ ...emptyRule(), name: 'everybody' }] });

/** @param {string} name @param {any} content of a revision */
export function draftOf(name, { description = '', selector, rules }) {
  return {
    name,
    description,
    selects: selector ? 'yes' : 'no',
    selector: labelsText(selector ?? {}),
    rules: rules.map(ruleDraft),
  };
}

function ruleDraft({ name, when, effect }) {
  const draft = { ...emptyRule(), name, when, kind: effect.kind };
  if (effect.kind === 'DENY') {
    return { ...draft, message: effect.message };
  }
  return {
    ...draft,
    mode: effect.ripasMode.kind,
    modeRanges: effect.ripasMode.ranges ? JSON.stringify(effect.ripasMode.ranges, null, 2) : draft.modeRanges,
    verdict: effect.verdict.kind,
    verdictRanges: effect.verdict.ranges ? JSON.stringify(effect.verdict.ranges, null, 2) : draft.verdictRanges,
    measuredContents: effect.measuredContents ?? 'AS_SPECIFIED',
    binding: effect.requireGrantBinding ? 'yes' : 'no',
  };
}

/**
 * The content that a draft stands for.
 *
 * @returns {{content: any, errors: {field: string, message: string}[]}} errors are of what is no JSON yet
 */
export function contentOf(draft) {
  const errors = [];
  const content = {
    description: draft.description || undefined,
    selector: draft.selects === 'yes' ? readLabels(draft.selector, 'selector', errors) : undefined,
    rules: draft.rules.map((rule, i) => ({ name: rule.name, when: rule.when, effect: effectOf(rule, `rules[${i}].effect`, errors) })),
  };
  return { content, errors };
}

function effectOf(rule, at, errors) {
  if (rule.kind === 'DENY') {
    return { kind: 'DENY', message: rule.message };
  }
  return {
    kind: 'ALLOW',
    ripasMode: choice(rule.mode, rule.mode === 'DEPLOYER_RANGES', rule.modeRanges, `${at}.ripasMode.ranges`, errors),
    verdict: choice(rule.verdict, rule.verdict === 'ACCEPT_RANGES', rule.verdictRanges, `${at}.verdict.ranges`, errors),
    measuredContents: rule.measuredContents,
    requireGrantBinding: rule.binding === 'yes',
  };
}

function choice(kind, ranged, text, field, errors) {
  if (!ranged) {
    return { kind };
  }
  try {
    return { kind, ranges: JSON.parse(text) };
  } catch (failure) {
    errors.push({ field, message: `is no JSON: ${failure.message}` });
    return { kind };
  }
}
