/** How often what is shown is asked for again, in ms. */
const PERIOD = 2000;

/**
 * Keeps something up to date: loads it now and again, and tells only what is new. Nothing is asked while the page is
 * hidden, and no two requests of one watch are under way at once.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {(value: T) => void} show
 * @param {(failure: Error) => void} fail
 * @returns {{refresh: () => void, stop: () => void}} refresh loads at once
 */
export function watch(load, show, fail) {
  const stopping = new AbortController();
  let timer = 0;
  let loading = false;
  let again = false;
  let shown = '';

  async function turn() {
    clearTimeout(timer);
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    try {
      const value = await load(stopping.signal);
      const text = JSON.stringify(value);
      if (!stopping.signal.aborted && text !== shown) {
        shown = text;
        show(value);
      }
    } catch (failure) {
      if (!stopping.signal.aborted) {
        shown = '';
        fail(failure);
      }
    }
    loading = false;
    if (!stopping.signal.aborted) {
      timer = setTimeout(turn, again ? 0 : PERIOD);
      again = false;
    }
  }

  const onVisibility = () => (document.hidden ? clearTimeout(timer) : turn());
  document.addEventListener('visibilitychange', onVisibility);
  turn();
  return {
    refresh: turn,
    stop() {
      stopping.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}
