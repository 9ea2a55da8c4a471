/** After the service has ended the stream for good, how long until it is asked for again, in ms. */
const REOPEN_AFTER = 10_000;

/**
 * What happens to realms and hosts, from the service's stream of events. The stream is open while anybody listens, and
 * the browser itself resumes it where it broke off.
 */
class Events extends EventTarget {
  /** @type {EventSource | null} */
  #source = null;
  #listeners = 0;
  #timer = 0;

  /** Whether every event is heard of at present. */
  get isOpen() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  /** @param {() => void} heard @param {AbortSignal} until */
  listen(heard, until) {
    this.addEventListener('happened', heard, { signal: until });
    this.#listeners += 1;
    this.#source ?? this.#open();
    until.addEventListener('abort', () => {
      this.#listeners -= 1;
      if (this.#listeners === 0) {
        this.#close();
      }
    });
  }

  #open() {
    this.#source = new EventSource('/v1/events');
    for (const subject of ['REALM', 'HOST']) {
      this.#source.addEventListener(subject, () => this.dispatchEvent(new Event('happened')));
    }
    this.#source.addEventListener('error', () => {
      if (this.#source?.readyState === EventSource.CLOSED) {
        this.#close();
        this.#timer = setTimeout(() => this.#listeners > 0 && this.#open(), REOPEN_AFTER);
      }
    });
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}

export const events = new Events();
