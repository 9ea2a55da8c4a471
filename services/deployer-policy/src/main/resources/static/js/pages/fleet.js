import { get, getAll, path, post } from '../api.js';
import { fill, h, table, terms } from '../dom.js';
import { count, counted, fromHex, shortDigest, size, time } from '../format.js';
import { watch } from '../live.js';
import { link } from '../router.js';
import { badge, tag } from '../widgets/badge.js';
import { asked } from '../widgets/dialog.js';
import { granulesView } from '../widgets/granules.js';
import { emptyView, failureView, loadingView, Notice } from '../widgets/states.js';

/** Of these a host's reason says nothing that its state does not. */
const USABLE = ['READY', 'CORDONED', 'DRAINING'];

export const title = () => 'Fleet';

/** @type {import('../router.js').Page['show']} */
export function show(root, { left }) {
  const notice = new Notice();
  const hosts = h('section', { 'aria-label': 'Hosts', class: 'host-grid' }, loadingView('hosts'));
  const waiting = h('section', { class: 'card', 'aria-labelledby': 'waiting' });
  root.append(notice.element, hosts, waiting);

  const live = watch(load, fleet => {
    fill(hosts, fleet.hosts.length > 0
      ? fleet.hosts.map(host => hostCard(host, change))
      : emptyView('No host is registered. PUT /v1/hosts/{name} registers one.'));
    fill(waiting, h('h2', { id: 'waiting' }, 'Realms without a host'), reasonsView(fleet.waiting), waitingView(fleet.waiting));
  }, failure => fill(hosts, failureView(failure, () => live.refresh())));
  left.addEventListener('abort', () => live.stop());

  async function change(host, action) {
    if (action === 'drain' && !await asked(`Drain ${host}?`, 'Every realm on it is torn down and launched anew elsewhere. Their memory is lost.', 'Drain it')) {
      return;
    }
    notice.clear();
    try {
      await post(path('hosts', host, action));
    } catch (failure) {
      notice.fail(failure);
    }
    live.refresh();
  }
}

async function load(signal) {
  const [hosts, pending, decided] = await Promise.all([
    getAll('/v1/hosts', 'hosts', { signal }),
    get('/v1/realms', { signal, query: { phase: 'PENDING' } }),
    get('/v1/realms', { signal, query: { phase: 'DECIDED' } }),
  ]);
  return { hosts, waiting: [...pending.realms, ...decided.realms] };
}

function hostCard(host, change) {
  const id = `host-${host.name}`;
  const action = (label, name) => h('button', { type: 'button', onclick: () => change(host.name, name) }, label, h('span', { class: 'visually-hidden' }, ` ${host.name}`));
  return h('article', { class: 'card', 'aria-labelledby': id },
    h('div', { class: 'card-head' }, h('h2', { id }, host.name), badge(host.status, host.message)),
    !USABLE.includes(host.status) && h('p', { class: 'bad-text' }, `${host.reason}: ${host.message}`),
    host.report ? reportView(host.report) : h('p', { class: 'muted' }, 'The agent has not said anything about its machine yet.'),
    host.capacity && capacityView(host.capacity),
    h('div', { class: 'card-foot at-the-end' },
      h('a', { href: link(['realms'], { host: host.name }) }, counted(host.capacity?.realms ?? 0, 'realm')),
      h('div', { class: 'row' },
        host.scheduling === 'OPEN' ? action('Cordon', 'cordon') : action('Uncordon', 'uncordon'),
        host.scheduling !== 'DRAINING' && action('Drain', 'drain'))));
}

function capacityView({ promisedRealms, promisedGranules, freeVmids }) {
  return terms([
    ['Promised', promisedRealms > 0 && `${counted(promisedRealms, 'realm')}, ${counted(promisedGranules, 'granule')}`],
    ['Free VMIDs', freeVmids !== undefined && count(freeVmids)],
  ]);
}

function reportView(report) {
  const { ripasModes, verdicts, hashAlgorithms, rpv } = report.capabilities;
  return [
    h('p', { class: 'mono' }, report.profile, ' ', report.simulated && tag('simulated')),
    granulesView(report),
    terms([
      ['DRAM', size(fromHex(report.dramBytes))],
      ['RIPAS modes', tags(ripasModes)],
      ['Verdicts', tags(verdicts)],
      ['Hashes', tags(hashAlgorithms)],
      ['RPV', rpv ? 'can be set: tokens name the grant' : 'cannot be set: tokens do not name the grant'],
      ['Boot', h('span', { title: report.bootId }, `${time(report.bootedAt)}, ${shortDigest(report.bootId)}`)],
    ]),
  ];
}

const tags = words => words.map(word => [tag(word), ' ']);

/** How many realms each reason keeps from each host. */
function reasonsView(realms) {
  const counts = new Map();
  for (const { host, reasons } of realms.flatMap(({ status }) => status.refusedHosts)) {
    for (const reason of reasons) {
      const key = `${host} ${reason}`;
      counts.set(key, { host, reason, number: (counts.get(key)?.number ?? 0) + 1 });
    }
  }
  return counts.size > 0 && h('ul', { class: 'legend' }, [...counts.values()].sort((one, other) => other.number - one.number)
    .map(({ host, reason, number }) => h('li', {}, h('strong', {}, count(number)), ` not on ${host}: `, tag(reason, 'warn'))));
}

function waitingView(realms) {
  const rows = realms.flatMap(realm => {
    const name = h('a', { href: link(['realms', realm.name]) }, realm.name);
    const refused = realm.status.refusedHosts;
    return refused.length === 0
      ? [[name, badge(realm.status.phase), '', realm.status.message ?? '']]
      : refused.map(({ host, reasons, message }, i) =>
          [i === 0 ? name : h('span', { class: 'muted' }, realm.name), badge(realm.status.phase), host,
            [tags(reasons), ' ', message]]);
  });
  return rows.length > 0
    ? h('div', { class: 'tall' }, table('Why realms have no host', ['Realm', 'Phase', 'Host', 'Why not there'], rows))
    : emptyView('Every realm that was allowed has found a host.');
}
