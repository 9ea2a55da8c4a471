/**
 * @typedef {object} Route
 * @property {string[]} parts the decoded segments after the page's own, such as a realm's name
 * @property {URLSearchParams} query
 * @property {AbortSignal} left aborted when the page is left
 */

/**
 * @typedef {object} Page
 * @property {(route: Route) => string} title
 * @property {(root: HTMLElement, route: Route) => void} show
 */

/** Reads `#/realms/first?call=3`. */
export function readHash(hash) {
  const [way, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...parts] = way.split('/').filter(Boolean).map(decode);
  return { page, parts, query: new URLSearchParams(query) };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A link to a page of this dashboard. */
export function link(segments, query = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== null));
  return `#/${segments.map(encodeURIComponent).join('/')}` + (parameters.size > 0 ? `?${parameters}` : '');
}

/** Changes the query of the page that is shown, without showing it anew and without a step in the history. */
export function keepQuery(query) {
  const { page, parts } = readHash(location.hash);
  history.replaceState(null, '', link([page, ...parts], query));
}

/** A controller of one thing at a time: what comes later aborts what came before. */
export class Turn {
  #current = new AbortController();

  next() {
    this.#current.abort();
    this.#current = new AbortController();
    return this.#current.signal;
  }
}
