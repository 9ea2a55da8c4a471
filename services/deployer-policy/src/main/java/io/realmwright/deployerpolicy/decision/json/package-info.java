/** Decisions as JSON. */
@NullMarked
package io.realmwright.deployerpolicy.decision.json;

import org.jspecify.annotations.NullMarked;
