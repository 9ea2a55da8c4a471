import { fill, h } from '../dom.js';
import { count } from '../format.js';
import { clamp } from '../memory/viewport.js';
import { Ribbon, ribbonLegend } from './ribbon.js';
import { VirtualList } from './virtual-list.js';

const PLAY_PERIOD = 350;

/** The calls of a trace, to be stepped through one by one; the last one is the present. */
export class Timeline {
  /** @param {(call: number) => void} changed @param {AbortSignal} left */
  constructor(changed, left) {
    this.changed = changed;
    this.calls = [];
    this.current = -1;
    this.timer = 0;
    this.ribbon = new Ribbon(call => this.go(call), left);
    this.slider = h('input', { type: 'range', min: 0, value: 0, 'aria-label': 'RMI call', oninput: () => this.go(Number(this.slider.value)) });
    this.position = h('p', { class: 'mono' });
    this.detail = h('div', { class: 'call-detail', 'aria-live': 'polite' });
    this.list = new VirtualList('RMI calls', call => this.row(call), call => String(call.call));
    this.list.element.classList.add('call-list');
    this.playing = h('button', { type: 'button', onclick: () => this.togglePlay() }, 'Play');
    this.element = h('div', { class: 'timeline' },
      this.ribbon.element,
      this.slider,
      ribbonLegend(),
      h('div', { class: 'row' },
        this.button('First call', '|◀', () => this.go(0)),
        this.button('Previous call', '◀', () => this.go(this.current - 1)),
        this.button('Next call', '▶', () => this.go(this.current + 1)),
        this.button('Last call', '▶|', () => this.go(this.calls.length - 1)),
        this.playing, this.position),
      this.detail,
      this.list.element);
    left.addEventListener('abort', () => clearInterval(this.timer));
  }

  button(label, sign, deed) {
    return h('button', { type: 'button', 'aria-label': label, title: label, onclick: deed }, sign);
  }

  /** Shows the calls; whoever was at the last one follows. @param {number} wanted a call to go to, -1 for none */
  set(calls, wanted = -1) {
    const following = this.current < 0 || this.current === this.calls.length - 1;
    const call = following ? calls.length - 1 : this.current;
    this.calls = calls;
    this.slider.max = String(Math.max(0, calls.length - 1));
    this.go(wanted >= 0 ? wanted : call, true);
  }

  go(call, anew = false) {
    const wanted = clamp(call, 0, this.calls.length - 1);
    if (wanted < 0 || (wanted === this.current && !anew)) {
      return;
    }
    this.current = wanted;
    this.slider.value = String(wanted);
    this.slider.setAttribute('aria-valuetext', `call ${wanted}, ${this.calls[wanted].command}`);
    this.position.textContent = `call ${count(wanted)} of ${count(this.calls.length - 1)}`;
    this.ribbon.show(this.calls, wanted);
    // What is shown of a row depends on whether it is the present one.
    this.list.set(this.calls.map(entry => (entry.call === wanted ? { ...entry, present: true } : entry)));
    this.list.scrollTo(wanted);
    this.changed(wanted);
  }

  /** Says what a call did, beside what it was. @param {string} effect */
  tell(effect) {
    const call = this.calls[this.current];
    fill(this.detail,
      h('p', {}, h('strong', { class: 'mono' }, call.command), ' ', statusView(call), call.exit && ` exit: ${call.exit}`),
      h('p', {}, effect),
      call.arguments.length > 0 && h('p', { class: 'mono muted' }, `X1… ${call.arguments.join(' ')}`),
      call.results.length > 0 && h('p', { class: 'mono muted' }, `→ X1… ${call.results.join(' ')}`),
      call.guestCalls.length > 0 && h('ul', { class: 'bullets' }, call.guestCalls.map(({ command, arguments: args, results }) =>
        h('li', { class: 'mono' }, `guest: ${command} ${args.join(' ')} → ${results.join(' ') || '0x0'}`))));
  }

  row(call) {
    return h('div', { class: 'call-row' },
      h('button', { type: 'button', class: 'quiet mono', 'aria-current': call.present && 'step', onclick: () => this.go(call.call) },
        h('span', { class: 'muted' }, count(call.call)), ' ', call.command),
      statusView(call),
      h('span', { class: 'mono muted call-arguments' }, call.arguments.join(' ')));
  }

  togglePlay() {
    clearInterval(this.timer);
    if (this.timer) {
      this.timer = 0;
      this.playing.textContent = 'Play';
      return;
    }
    if (this.current === this.calls.length - 1) {
      this.go(0);
    }
    this.playing.textContent = 'Pause';
    this.timer = setInterval(() => {
      this.go(this.current + 1);
      if (this.current === this.calls.length - 1) {
        this.togglePlay();
      }
    }, PLAY_PERIOD);
  }
}

/** RMI_INCOMPLETE is no refusal: the operation goes on with the host's next call. */
function statusView({ status, index }) {
  switch (status) {
    case 'RMI_SUCCESS':
      return h('span', { class: 'muted' }, '✓ success');
    case 'RMI_INCOMPLETE':
      return h('span', { class: 'muted' }, '… RMI_INCOMPLETE');
    case 'RMI_ERROR_RTT':
      return h('span', { class: 'bad-text' }, `✕ ${status} at level ${index}`);
    default:
      return h('span', { class: 'bad-text' }, `✕ ${status}`);
  }
}
