import { get, path } from '../api.js';
import { readRuns } from './model.js';

const KEPT_MAX = 200;

/** The memory of one launch after each of its calls. A trace only grows, so what was rebuilt once stays true. */
export class Rewind {
  /** @type {Map<number, Promise<import('./model.js').Run[]>>} */
  #kept = new Map();

  /** @param {string} realm @param {AbortSignal} left */
  constructor(realm, left) {
    this.realm = realm;
    this.left = left;
  }

  /** Asks already for what a step from this call leads to. @param {number} call @param {number} last */
  expect(call, last) {
    for (const next of [call - 2, call + 1].filter(other => other >= 0 && other <= last)) {
      this.after(next).catch(() => {}); // whoever goes there is told
    }
  }

  /** @param {number} call @returns {Promise<import('./model.js').Run[]>} */
  after(call) {
    const known = this.#kept.get(call);
    if (known) {
      return known;
    }
    const asked = get(path('realms', this.realm, 'memory'), { query: { call }, signal: this.left }).then(readRuns);
    this.#kept.set(call, asked);
    asked.catch(() => this.#kept.delete(call));
    if (this.#kept.size > KEPT_MAX) {
      this.#kept.delete(this.#kept.keys().next().value);
    }
    return asked;
  }
}
