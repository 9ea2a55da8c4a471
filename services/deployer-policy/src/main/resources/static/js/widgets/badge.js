import { h } from '../dom.js';

/** A sign and a tone beside each word, so that colour is never the only one. */
const LOOKS = {
  PENDING: ['○', 'warn'],
  DECIDED: ['◔', 'plain'],
  PLACED: ['◑', 'plain'],
  LAUNCHING: ['◕', 'plain'],
  ACTIVE: ['●', 'plain'],
  RUNNING: ['▶', 'good'],
  STOPPED: ['■', 'plain'],
  DENIED: ['⊘', 'bad'],
  FAILED: ['✕', 'bad'],
  LOST: ['?', 'bad'],
  DELETING: ['…', 'warn'],
  BOOTED: ['✓', 'good'],
  FAULTED: ['✕', 'bad'],
  STALLED: ['∥', 'warn'],
  POWERED_OFF: ['■', 'plain'],
  HOST_FAILED: ['✕', 'bad'],
  READY: ['✓', 'good'],
  NOT_READY: ['✕', 'bad'],
  CORDONED: ['⊘', 'warn'],
  DRAINING: ['↓', 'warn'],
  GONE: ['✕', 'bad'],
  ALLOW: ['✓', 'good'],
  DENY: ['⊘', 'bad'],
  NO_HOST: ['?', 'warn'],
  TRUE: ['✓', 'good'],
  FALSE: ['✕', 'bad'],
  MATCHED: ['✓', 'good'],
  NOT_MATCHED: ['–', 'plain'],
  NOT_REACHED: ['·', 'plain'],
  CHANGED: ['±', 'warn'],
  NEWLY_DENIED: ['⊘', 'bad'],
  NEWLY_ALLOWED: ['✓', 'good'],
  OUT_OF_GRANULES: ['✕', 'bad'],
  REFUSED_BY_RMM: ['✕', 'bad'],
  affirming: ['✓', 'good'],
  warning: ['!', 'warn'],
  none: ['?', 'warn'],
  contraindicated: ['✕', 'bad'],
};

/** A word of the API with its sign. */
export function badge(word, title) {
  const [sign, tone] = LOOKS[word] ?? ['•', 'plain'];
  return h('span', { class: `badge ${tone}`, title }, h('span', { 'aria-hidden': 'true' }, sign), ' ', word);
}

/** A code or a name that has no state. */
export function tag(word, tone = 'plain') {
  return h('span', { class: `tag ${tone}` }, word);
}
