/** Decisions: which policy, what its rules say about a realm on each candidate host, and a rehearsal of the launch. */
@NullMarked
package io.realmwright.deployerpolicy.decision;

import org.jspecify.annotations.NullMarked;
