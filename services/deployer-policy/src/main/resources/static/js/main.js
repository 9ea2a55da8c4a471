import { connection } from './api.js';
import { fill, h } from './dom.js';
import { showSignIn } from './pages/sign-in.js';
import { readHash, Turn } from './router.js';
import { session } from './session.js';
import { startTheme } from './theme.js';
import { failureView } from './widgets/states.js';

/** Pages by the first segment of the hash; a page is fetched when it is first gone to. */
const PAGES = {
  fleet: { label: 'Fleet', load: () => import('./pages/fleet.js') },
  realms: { label: 'Realms', load: ([name]) => (name ? import('./pages/realm.js') : import('./pages/realms.js')) },
  launch: { label: 'Launch', load: () => import('./pages/launch.js') },
  policies: { label: 'Policies', load: ([name]) => (name ? import('./pages/policy.js') : import('./pages/policies.js')) },
  compare: { label: 'Compare', load: () => import('./pages/compare.js') },
  events: { label: 'Events', load: () => import('./pages/events.js') },
  audit: { label: 'Audit', load: () => import('./pages/audit.js') },
};

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const turn = new Turn();
let firstPage = true;

function drawNavigation(page) {
  const links = Object.entries(PAGES).map(([name, { label }]) =>
    h('li', {}, h('a', { href: `#/${name}`, 'aria-current': name === page && 'page' }, label)));
  fill(document.getElementById('navigation'), h('ul', {}, links));
}

async function show() {
  const { page, parts, query } = readHash(location.hash);
  const left = turn.next();
  const found = Object.hasOwn(PAGES, page) && PAGES[page];
  drawNavigation(page);
  if (!found) {
    location.replace('#/fleet');
    return;
  }
  try {
    const module = await found.load(parts);
    if (left.aborted) {
      return;
    }
    const route = { parts, query, left };
    document.title = `${module.title(route)} · Realmwright`;
    const heading = h('h1', { tabindex: -1 }, module.title(route));
    fill(main, heading);
    module.show(main, route);
    moveFocus(heading);
  } catch (failure) {
    fill(main, h('h1', {}, 'This page cannot be shown'), failureView(failure, show));
  }
}

/** Whoever goes to a page hears what it is called; the first page is announced by the browser itself. */
function moveFocus(heading) {
  if (!firstPage) {
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  firstPage = false;
}

function watchConnection() {
  const banner = /** @type {HTMLElement} */ (document.getElementById('connection'));
  connection.addEventListener('lost', () => {
    banner.textContent = 'The service does not answer. What you see is what it said last; it is asked again every 2 s.';
    banner.hidden = false;
  });
  connection.addEventListener('regained', () => {
    banner.hidden = true;
  });
}

/** Without a token that the service takes there is no page to see; with another one the same page is tried again. */
function watchSession() {
  const button = /** @type {HTMLButtonElement} */ (document.getElementById('sign-out'));
  const apply = () => {
    button.hidden = !session.token;
    button.textContent = session.subject ? `Sign out ${session.subject}` : 'Sign out';
  };
  session.addEventListener('refused', ({ detail }) => {
    turn.next();
    showSignIn(main, detail);
  });
  session.addEventListener('changed', () => {
    apply();
    show();
  });
  button.addEventListener('click', () => session.signOut());
  apply();
}

/** The hash belongs to the router, so that the skip link has to be followed by hand. */
document.getElementById('skip')?.addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
startTheme(/** @type {HTMLButtonElement} */ (document.getElementById('theme')));
watchConnection();
watchSession();
addEventListener('hashchange', show);
show();
