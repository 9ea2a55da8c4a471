/** Appraisals and platform references as JSON. */
@NullMarked
package io.realmwright.deployerpolicy.attestation.json;

import org.jspecify.annotations.NullMarked;
