const KEY = 'realmwright.token';

/**
 * The token that goes with every request, where the service asks for one. It is kept for this tab alone and forgotten with
 * it. Tells `refused` when the service does not take it, or wants one, and `changed` when there is another or none.
 */
class Session extends EventTarget {
  get token() {
    return sessionStorage.getItem(KEY);
  }

  /** Whom the token names; the service judges it, not this page. */
  get subject() {
    try {
      const claims = this.token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
      return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(claims), letter => letter.charCodeAt(0)))).sub ?? '';
    } catch {
      return '';
    }
  }

  signIn(token) {
    sessionStorage.setItem(KEY, token);
    this.dispatchEvent(new Event('changed'));
  }

  signOut() {
    sessionStorage.removeItem(KEY);
    this.dispatchEvent(new Event('changed'));
  }

  /** @param {Error} why in the service's words */
  refuse(why) {
    this.dispatchEvent(new CustomEvent('refused', { detail: why }));
  }
}

export const session = new Session();
