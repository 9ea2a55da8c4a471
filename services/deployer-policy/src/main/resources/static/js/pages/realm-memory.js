import { getAll, path, Problem } from '../api.js';
import { fill, h } from '../dom.js';
import { fromHex } from '../format.js';
import { differences, differenceText, marksOf } from '../memory/model.js';
import { Rewind } from '../memory/rewind.js';
import { Strip } from '../memory/strip.js';
import { stripLegend, stripToolbar } from '../memory/toolbar.js';
import { Viewport } from '../memory/viewport.js';
import { emptyView, failureView, loadingView } from '../widgets/states.js';
import { Timeline } from '../widgets/timeline.js';

/** What a host or the service could not answer is asked for again after this, in ms. */
const RETRY_AFTER = 2000;

/** A realm's memory as a strip that follows the timeline of its launch. */
export class RealmMemory {
  /** @param {any} realm @param {AbortSignal} left @param {number} call to begin with, -1 for the last @param {(call: number | '') => void} moved */
  constructor(realm, left, call, moved) {
    this.name = realm.name;
    this.left = left;
    this.wanted = call;
    this.moved = moved;
    this.marks = marksOf(realm.spec, realm.status.plan);
    this.viewport = new Viewport(2 ** (realm.spec.ipaBits ?? 40));
    this.strip = new Strip(`IPA space of ${realm.name}`, this.viewport, left);
    this.timeline = new Timeline(at => this.show(at), left);
    this.state = h('div', {}, loadingView('the calls'));
    this.toolbar = h('div', {});
    this.below = h('div', { hidden: true }, this.timeline.element);
    this.element = h('div', { class: 'section-body' }, this.toolbar, this.strip.element, stripLegend(), this.state, this.below);
    this.viewport.fit(extent(realm.spec));
    /** Told all calls whenever there are others. @type {(calls: any[]) => void} */
    this.heard = () => {};
  }

  /** Takes in what is new about the realm: another launch begins anew, more calls are more steps. */
  update({ status, spec }) {
    const fault = status.outcome?.ipa ? fromHex(status.outcome.ipa) : null;
    this.marks = marksOf(spec, status.plan);
    this.strip.show({ marks: this.marks, fault });
    fill(this.toolbar, stripToolbar(this.viewport, this.strip, places(spec, fault)));
    if (!status.agentRealm) {
      fill(this.state, emptyView('No host has launched it, so there is no memory to see.'));
      return;
    }
    const version = `${status.launchId} ${status.rmiCallsTotal} ${status.phase} ${status.outcome?.kind}`;
    if (version !== this.version) {
      this.version = version;
      if (status.launchId !== this.launch) {
        this.launch = status.launchId;
        this.rewind = new Rewind(this.name, this.left);
        this.strip.moveTo(extent(spec).base);
      }
      this.load();
    }
  }

  async load() {
    try {
      const calls = await getAll(path('realms', this.name, 'timeline'), 'calls', { signal: this.left });
      this.state.replaceChildren();
      this.below.hidden = calls.length === 0;
      this.heard(calls);
      this.timeline.set(calls, this.wanted);
      this.wanted = -1;
    } catch (failure) {
      this.fail(failure);
    }
  }

  async show(call) {
    this.moved(call === this.timeline.calls.length - 1 ? '' : call);
    try {
      const [before, after] = await Promise.all([call > 0 ? this.rewind.after(call - 1) : [], this.rewind.after(call)]);
      if (call === this.timeline.current) {
        this.strip.show({ runs: after, changed: differences(before, after) });
        this.timeline.tell(differenceText(before, after));
        this.state.replaceChildren();
        this.rewind.expect(call, this.timeline.calls.length - 1);
      }
    } catch (failure) {
      this.fail(failure);
    }
  }

  fail(failure) {
    if (failure.name === 'AbortError') {
      return;
    }
    fill(this.state, failure instanceof Problem && failure.slug === 'realm-gone'
      ? emptyView('Its host no longer has it, nor its trace.')
      : failureView(failure, () => this.load()));
    if (!(failure instanceof Problem) || failure.status >= 500) {
      clearTimeout(this.retry);
      this.retry = setTimeout(() => !this.left.aborted && this.load(), RETRY_AFTER);
    }
  }
}

/** From the lowest memslot to the highest. */
function extent(spec) {
  const bases = spec.memslots.map(({ base }) => fromHex(base));
  const ends = spec.memslots.map(({ base, size }) => fromHex(base) + fromHex(size));
  return { base: Math.min(...bases), end: Math.max(...ends) };
}

function places(spec, fault) {
  const slots = spec.memslots.slice(0, 4).map(({ base, size }, i) => [`Memslot ${i}`, { base: fromHex(base), end: fromHex(base) + fromHex(size) }]);
  const images = (spec.images ?? []).slice(0, 2).map(({ ipa }, i) => [`Image ${i}`, { base: fromHex(ipa), end: fromHex(ipa) + 0x20000 }]);
  return [...slots, ...images, ...(fault === null ? [] : [['Fault', { base: fault, end: fault + 0x10000 }]])];
}
