import { labelsText, readLabels } from '../labels.js';

/** What the launch form holds: a request in which everything is there to be typed into. */
export function emptyDraft() {
  return {
    name: '',
    policy: '',
    labels: '',
    hostSelector: '',
    restartPolicy: 'NEVER',
    vcpus: 1,
    ipaBits: 40,
    hashAlgorithm: 'SHA_256',
    memslots: [{ base: '0x80000000', size: '0x10000000', guestMemfd: true }],
    images: [{ kind: 'generated', seed: 7, size: '0x10000', digest: '', ipa: '0x80000000', measured: true }],
    guest: 'LINUX_EARLY_RSI',
    program: '[\n  {"step": "TOUCH", "access": "WRITE", "ipa": "0x80000000"}\n]',
  };
}

/** A draft of a realm like one that exists; its name is left to be chosen. */
export function draftOf({ spec, policy, labels, hostSelector, restartPolicy }) {
  const { guest, images = [], memslots, vcpus, ipaBits, hashAlgorithm } = spec;
  return {
    ...emptyDraft(),
    policy: policy ?? '',
    labels: labelsText(labels),
    hostSelector: labelsText(hostSelector),
    restartPolicy,
    vcpus,
    ipaBits,
    hashAlgorithm,
    memslots: memslots.map(slot => ({ ...slot })),
    images: images.map(({ digest = '', generated, ipa, measured }) =>
      ({ kind: generated ? 'generated' : 'digest', seed: generated?.seed ?? 7, size: generated?.size ?? '0x10000', digest, ipa, measured })),
    guest: guest.profile ?? 'PROGRAM',
    program: JSON.stringify(guest.program ?? [], null, 2),
  };
}

/**
 * The request that a draft stands for.
 *
 * @returns {{body: any, errors: {field: string, message: string}[]}} errors are of what is no JSON yet
 */
export function requestOf(draft) {
  const errors = [];
  const body = {
    name: draft.name || undefined,
    policy: draft.policy || undefined,
    labels: readLabels(draft.labels, 'labels', errors),
    hostSelector: readLabels(draft.hostSelector, 'hostSelector', errors),
    restartPolicy: draft.restartPolicy,
    spec: {
      memslots: draft.memslots,
      vcpus: draft.vcpus,
      ipaBits: draft.ipaBits,
      hashAlgorithm: draft.hashAlgorithm,
      images: draft.images.map(imageOf),
      guest: draft.guest === 'PROGRAM' ? { program: parsed(draft.program, errors) } : { profile: draft.guest },
    },
  };
  return { body, errors };
}

function imageOf({ kind, seed, size, digest, ipa, measured }) {
  return kind === 'generated' ? { generated: { seed, size }, ipa, measured } : { digest, ipa, measured };
}

function parsed(text, errors) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    errors.push({ field: 'spec.guest.program', message: `is no JSON: ${failure.message}` });
    return [];
  }
}
