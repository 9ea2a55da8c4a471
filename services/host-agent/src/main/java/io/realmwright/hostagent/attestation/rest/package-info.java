/** Endorsements over HTTP. */
@NullMarked
package io.realmwright.hostagent.attestation.rest;

import org.jspecify.annotations.NullMarked;
