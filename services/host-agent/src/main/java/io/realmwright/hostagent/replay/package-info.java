/** Replays of recorded traces, each on a fresh simulated machine of its own. */
@NullMarked
package io.realmwright.hostagent.replay;

import org.jspecify.annotations.NullMarked;
