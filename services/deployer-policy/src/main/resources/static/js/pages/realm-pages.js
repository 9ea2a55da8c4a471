import { get } from '../api.js';

const PAGE_SIZE = 200;

/** @typedef {{token: string, realms: any[] | null, text: string}} Loaded a page by its token; null until it has been asked for */

/**
 * The realms of a filter in the service's order, as far as they have been asked for. Loading a page anew may move its
 * end; then the pages after it are loaded anew too, up to the first that begins where it did.
 */
export class RealmPages {
  /** @type {Loaded[]} the last one may be one that has not been asked for */
  #pages = [{ token: '', realms: null, text: '' }];
  #growing = false;
  /** Another one whenever anything in the list is. */
  version = 0;

  /** @param {{phase: string, host: string, label: string}} filter */
  constructor(filter) {
    this.filter = { ...filter };
  }

  get hasMore() {
    return this.#pages.at(-1)?.realms === null;
  }

  get realms() {
    return this.#pages.flatMap(({ realms }) => realms ?? []);
  }

  /** Loads the pages anew that hold the realms of these indexes; the first page if there are none. */
  async load(first, end, signal) {
    const last = this.#pageAt(end - 1);
    for (let page = this.#pageAt(first); page <= last; page += 1) {
      await this.#loadPage(page, signal);
    }
    return this.realms;
  }

  /** Loads the page after the last one; null if there is none, or it is on its way already. */
  async more(signal) {
    if (!this.hasMore || this.#growing || this.#pages.length === 1) {
      return null;
    }
    this.#growing = true;
    try {
      await this.#loadPage(this.#pages.length - 1, signal);
      return this.realms;
    } finally {
      this.#growing = false;
    }
  }

  #pageAt(index) {
    let left = index;
    const page = this.#pages.findIndex(({ realms }) => {
      left -= realms?.length ?? Infinity;
      return left < 0;
    });
    return page < 0 ? this.#pages.length - 1 : page;
  }

  async #loadPage(index, signal) {
    const { token } = this.#pages[index];
    const page = await get('/v1/realms', { signal, query: { ...this.filter, pageSize: PAGE_SIZE, pageToken: token } });
    if (this.#pages[index]?.token !== token) {
      return; // the page before it ends elsewhere by now
    }
    // Realms that are as they were stay the very same, so that their rows do.
    const text = JSON.stringify(page);
    if (text !== this.#pages[index].text) {
      this.#pages[index] = { token, realms: page.realms, text };
      this.version += 1;
    }
    const next = this.#pages[index + 1];
    if (!page.nextPageToken) {
      this.#pages.length = index + 1;
    } else if (!next) {
      this.#pages.push({ token: page.nextPageToken, realms: null, text: '' });
    } else if (next.token !== page.nextPageToken) {
      this.#pages[index + 1] = { token: page.nextPageToken, realms: next.realms, text: '' };
      if (next.realms) {
        await this.#loadPage(index + 1, signal);
      }
    }
  }
}
