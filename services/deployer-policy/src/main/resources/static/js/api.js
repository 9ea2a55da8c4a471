import { session } from './session.js';

/** A refusal in the service's own words, a problem detail of RFC 9457. */
export class Problem extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The service answered ${status}.`);
    this.status = status;
    this.body = body;
  }

  get title() {
    return this.body.title ?? `Status ${this.status}`;
  }

  get slug() {
    return (this.body.type ?? '').replace('/problems/', '');
  }

  /** @returns {{field: string, message: string, line?: number, column?: number}[]} */
  get errors() {
    return this.body.errors ?? [];
  }
}

/** The service did not answer at all. */
class Unreachable extends Error {
  constructor() {
    super('The service does not answer.');
  }
}

/** Tells `lost` and `regained` when the service stops and begins to answer. */
export const connection = new EventTarget();
let connected = true;

function noteConnection(answers) {
  if (answers !== connected) {
    connected = answers;
    connection.dispatchEvent(new Event(answers ? 'regained' : 'lost'));
  }
}

/**
 * @typedef {object} Options
 * @property {Record<string, string | number | null | undefined>} [query]
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

/** Whoever aborts a request wants to hear nothing of it. */
const unlessAborted = otherwise => failure => {
  if (failure.name === 'AbortError') {
    throw failure;
  }
  return otherwise();
};

/** @param {string} method @param {string} path @param {Options} options */
async function send(method, path, { query = {}, body, headers = {}, signal } = {}) {
  const parameters = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => [name, String(value)]));
  const target = parameters.size > 0 ? `${path}?${parameters}` : path;
  const sent = { ...headers };
  if (body !== undefined) {
    sent['Content-Type'] = 'application/json';
  }
  if (session.token) {
    sent.Authorization = `Bearer ${session.token}`;
  }
  const answer = await fetch(target, { method, headers: sent, body: body && JSON.stringify(body), signal })
    .catch(unlessAborted(() => {
      noteConnection(false);
      throw new Unreachable();
    }));
  noteConnection(true);
  if (!answer.ok) {
    const problem = new Problem(answer.status, await answer.json().catch(unlessAborted(() => ({}))));
    if (answer.status === 401) {
      session.refuse(problem);
    }
    throw problem;
  }
  return answer;
}

/** An answer that is read as it comes. @param {string} path @param {Options} [options] */
export const open = (path, options) => send('GET', path, options);

const json = async answer => (answer.status === 204 ? null : answer.json());

/** @param {string} path @param {Options} [options] */
export const get = (path, options) => open(path, options).then(json);
export const post = (path, options) => send('POST', path, options).then(json);
export const put = (path, options) => send('PUT', path, options).then(json);
export const remove = (path, options) => send('DELETE', path, options).then(json);

/** What is there, and the ETag by which it can be changed. */
export async function getWithTag(path, options) {
  const answer = await open(path, options);
  return { value: await answer.json(), tag: answer.headers.get('ETag') ?? '' };
}

/**
 * Every element of a paged list.
 *
 * @param {string} path @param {string} member the name of the list in an answer @param {Options} [options]
 */
export async function getAll(path, member, options = {}) {
  const all = [];
  let pageToken = '';
  do {
    const page = await get(path, { ...options, query: { ...options.query, pageSize: 500, pageToken } });
    all.push(...page[member]);
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return all;
}

/** A path of segments that may hold anything. */
export const path = (...segments) => `/v1/${segments.map(encodeURIComponent).join('/')}`;
