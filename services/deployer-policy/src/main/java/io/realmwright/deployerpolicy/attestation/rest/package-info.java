/** Attestations over HTTP. */
@NullMarked
package io.realmwright.deployerpolicy.attestation.rest;

import org.jspecify.annotations.NullMarked;
