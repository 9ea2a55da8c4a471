import { fromHex } from '../format.js';

/** The commands that extend the RIM, by kind, and the register of each that holds the IPA (by its index behind X0). */
const EXTENDING = {
  REALM: { RMI_REALM_CREATE: null },
  DATA: { RMI_RTT_DATA_MAP_INIT: 2, RMI_DATA_CREATE: 2 },
  REC: { RMI_REC_CREATE: null },
  RIPAS: { RMI_RTT_INIT_RIPAS: 1 },
};
/** Calls that were not refused; what is not complete goes on in calls of its own. */
const DONE = ['RMI_SUCCESS', 'RMI_INCOMPLETE'];

/**
 * The call of the trace that made each extension of the RIM; undefined where the trace has none that could have.
 *
 * @param {{kind: string, base?: string, top?: string}[]} extensions the first ones of a realm, in their order
 * @param {{call: number, command: string, status: string, arguments: string[]}[]} calls
 */
export function callsOfExtensions(extensions, calls) {
  let next = 0;
  return extensions.map(extension => {
    for (let i = next; i < calls.length; i += 1) {
      if (extends_(calls[i], extension)) {
        // One RMI_RTT_INIT_RIPAS extends the RIM once for each entry.
        next = extension.kind === 'RIPAS' ? i : i + 1;
        return calls[i];
      }
    }
    return undefined;
  });
}

function extends_({ command, status, arguments: registers }, { kind, base }) {
  const commands = EXTENDING[kind] ?? {};
  if (!DONE.includes(status) || !Object.hasOwn(commands, command)) {
    return false;
  }
  if (kind === 'RIPAS') {
    return fromHex(registers[1]) <= fromHex(base) && fromHex(base) < fromHex(registers[2]);
  }
  return commands[command] === null || fromHex(registers[commands[command]]) === fromHex(base);
}

/**
 * What the guest itself extended REMs with, call by call.
 *
 * @returns {{call: number, rem: number, words: string[]}[]}
 */
export const remExtensions = calls => calls.flatMap(({ call, guestCalls }) => guestCalls
  .filter(({ command }) => command === 'RSI_MEASUREMENT_EXTEND')
  .map(({ arguments: [rem, bytes, ...words] }) => ({ call, rem: fromHex(rem), words: words.slice(0, Math.ceil(fromHex(bytes) / 8)) })));
