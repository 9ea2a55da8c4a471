/** Asks running realms for attestation tokens and appraises them against what was decided, forecast and granted. */
@NullMarked
package io.realmwright.deployerpolicy.attestation;

import org.jspecify.annotations.NullMarked;
