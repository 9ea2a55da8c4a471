import { happenings } from './events.js';

/** How often what is shown is asked for while no event tells of changes, and how often all the same, in ms. */
const PERIOD_WITHOUT_EVENTS = 2000;
const PERIOD_WITH_EVENTS = 10_000;
/** Events that come together are one reason to ask. */
const PAUSE_AFTER_EVENT = 250;

/**
 * Keeps something up to date: loads it now, whenever something has happened, and now and again besides, for events do
 * not tell everything, such as the granules of a host. Nothing is asked while the page is hidden, and no two requests
 * of one watch are under way at once.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {(value: T) => void} show told only what is new
 * @param {(failure: Error) => void} fail
 * @param {(value: T) => unknown} versionOf what is another whenever the value is; large values have cheaper ones than their text
 * @returns {{refresh: () => void, stop: () => void}} refresh loads at once
 */
export function watch(load, show, fail, versionOf = JSON.stringify) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let timer = 0;
  let loading = false;
  let again = false;
  /** @type {unknown} */
  let shown = null;

  async function turn() {
    clearTimeout(timer);
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    try {
      const value = await load(signal);
      const version = versionOf(value);
      if (!signal.aborted && version !== shown) {
        shown = version;
        show(value);
      }
    } catch (failure) {
      if (!signal.aborted) {
        shown = null;
        fail(failure);
      }
    }
    loading = false;
    schedule(again ? PAUSE_AFTER_EVENT : period());
    again = false;
  }

  function schedule(pause) {
    clearTimeout(timer);
    if (!signal.aborted && !document.hidden) {
      timer = setTimeout(turn, pause);
    }
  }

  function happened() {
    if (loading) {
      again = true;
    } else {
      schedule(PAUSE_AFTER_EVENT);
    }
  }

  happenings.listen(happened, signal);
  document.addEventListener('visibilitychange', () => schedule(0), { signal });
  turn();
  return {
    refresh: turn,
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}

const period = () => (happenings.isHeard ? PERIOD_WITH_EVENTS : PERIOD_WITHOUT_EVENTS);
