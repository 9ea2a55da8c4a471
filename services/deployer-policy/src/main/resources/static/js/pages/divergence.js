/**
 * The registers that are about a realm's own IPA space (by their index behind X0), and so mean the same on every
 * host. All others name granules of the host, which differ even between two launches of one realm.
 */
const COMPARED = {
  RMI_DATA_CREATE: [2, 4],
  RMI_DATA_CREATE_UNKNOWN: [2],
  RMI_RTT_CREATE: [2, 3],
  RMI_RTT_DATA_MAP_INIT: [2, 4],
  RMI_RTT_INIT_RIPAS: [1, 2],
  RMI_RTT_SET_RIPAS: [2, 3],
};

/** @typedef {{command: string, status: string, index: number, exit?: string, arguments: string[], guestCalls: {command: string, arguments: string[]}[]}} Call */

/** What of a call does not depend on which granules the host took. @param {Call} call */
function essence(call) {
  return JSON.stringify([
    call.command, call.status, call.index, call.exit,
    (COMPARED[call.command] ?? []).map(index => call.arguments[index]),
    call.guestCalls.map(guest => [guest.command, guest.arguments]),
  ]);
}

/**
 * The first call that is not the same in two traces; null if there is none.
 *
 * @param {Call[]} left @param {Call[]} right
 * @returns {{at: number, left?: Call, right?: Call} | null}
 */
export function firstDivergence(left, right) {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    if (!left[at] || !right[at] || essence(left[at]) !== essence(right[at])) {
      return { at, left: left[at], right: right[at] };
    }
  }
  return null;
}

/** How often each command was called: rows of command, left, right. */
export function callCounts(left, right) {
  const counts = new Map();
  [left, right].forEach((calls, side) => calls.forEach(({ command }) => {
    const row = counts.get(command) ?? [0, 0];
    row[side] += 1;
    counts.set(command, row);
  }));
  return [...counts].sort(([one], [other]) => one.localeCompare(other)).map(([command, row]) => [command, ...row]);
}
