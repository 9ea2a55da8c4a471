import { open } from './api.js';

/** After the stream has broken off, how long until it is asked for again, in ms. */
const REOPEN_AFTER = 2000;

/**
 * The service's stream of events, asked for again where it broke off. It is closed while the page is hidden: a browser has
 * six connections to a service for all its tabs together, and hidden pages must not take them from the one that is seen.
 *
 * `EventSource` would do less: it sends no token.
 */
export class EventStream extends EventTarget {
  #reading = new AbortController();
  #timer = 0;
  /** Whether every event is heard of at present. */
  isOpen = false;

  /**
   * Tells `open`, `event` with the event as its detail, and `broken` with what the service said.
   *
   * @param {AbortSignal} until @param {number | null} after the id of the event before the first, null to begin with what happens now
   */
  constructor(until, after = null) {
    super();
    this.until = until;
    this.after = after;
    document.addEventListener('visibilitychange', () => this.#settle(), { signal: until });
    until.addEventListener('abort', () => this.#close());
    this.#settle();
  }

  #settle() {
    if (document.hidden) {
      this.#close();
    } else if (!this.isOpen) {
      this.#read();
    }
  }

  async #read() {
    this.#close();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    try {
      const answer = await open('/v1/events', { query: { after: this.after }, signal });
      this.isOpen = true;
      this.dispatchEvent(new Event('open'));
      for await (const event of eventsOf(answer.body)) {
        this.after = event.id;
        this.dispatchEvent(new CustomEvent('event', { detail: event }));
      }
      throw new Error('The service has ended the stream of events.');
    } catch (failure) {
      if (!signal.aborted) {
        this.#broke(failure);
      }
    }
  }

  #broke(failure) {
    this.isOpen = false;
    if (failure.slug === 'events-compacted') {
      this.after = null;
    }
    this.dispatchEvent(new CustomEvent('broken', { detail: failure }));
    this.#timer = setTimeout(() => this.#settle(), REOPEN_AFTER);
  }

  #close() {
    clearTimeout(this.#timer);
    this.isOpen = false;
    this.#reading.abort();
  }
}

/** What the service writes: each event ends with an empty line, and its data is one line of JSON. */
async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (text + part.value).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find(line => line.startsWith('data: '));
      if (data) {
        yield JSON.parse(data.slice('data: '.length));
      }
    }
  }
}

/** One stream for all that is kept up to date on a page, open while anything is. */
class Happenings {
  #following = new AbortController();
  #listeners = 0;
  /** @type {EventStream | null} */
  #stream = null;

  get isHeard() {
    return this.#stream?.isOpen ?? false;
  }

  /** @param {() => void} heard told of an event, and when the stream begins or breaks off, for events may be missed then @param {AbortSignal} until */
  listen(heard, until) {
    this.#listeners += 1;
    this.#stream ??= new EventStream((this.#following = new AbortController()).signal);
    for (const name of ['open', 'event', 'broken']) {
      this.#stream.addEventListener(name, heard, { signal: until });
    }
    until.addEventListener('abort', () => {
      this.#listeners -= 1;
      if (this.#listeners === 0) {
        this.#following.abort();
        this.#stream = null;
      }
    });
  }
}

export const happenings = new Happenings();
