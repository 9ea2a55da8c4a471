/** Addresses are below 2^53, so a number holds them exactly. */
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** @param {string} text such as "0x80000000" */
export function fromHex(text) {
  return Number.parseInt(text, 16);
}

/** @param {number} value */
export function hex(value) {
  return `0x${value.toString(16)}`;
}

/** A size in the largest unit that keeps it short: exact where it is a whole number of it. */
export function size(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(2)} ${UNITS[unit]}`;
}

const NUMBERS = new Intl.NumberFormat('en');

export function count(value) {
  return NUMBERS.format(value);
}

/** @param {number} value @param {string} one @param {string} [many] */
export function counted(value, one, many = `${one}s`) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** The beginning of a digest; the whole of it is in the title. */
export function shortDigest(digest) {
  return digest.length > 16 ? `${digest.slice(0, 12)}…` : digest;
}

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export function time(instant) {
  return TIME.format(new Date(instant));
}

/** How an outcome reads in a sentence. */
export function outcomeText(outcome) {
  switch (outcome.kind) {
    case 'FAULTED':
      return `${outcome.access} of ${outcome.ipa} faulted: ${outcome.hipas}, RIPAS ${outcome.ripas}, `
        + (outcome.visibleToHost ? 'with an exit to the host' : 'not visible to the host');
    case 'STALLED':
      return `stalled: ${outcome.reason}`;
    case 'HOST_FAILED':
      return `the host failed: ${refusalText(outcome.rmi)}`;
    case 'BOOTED':
      return 'booted';
    case 'POWERED_OFF':
      return 'powered off';
    default:
      return outcome.kind;
  }
}

export function refusalText(rmi) {
  return `${rmi.command} answered ${rmi.status}` + (rmi.ipa ? ` at ${rmi.ipa}` : '');
}
