/** CCA tokens as CBOR and COSE. */
@NullMarked
package io.realmwright.deployerpolicy.attestation.cose;

import org.jspecify.annotations.NullMarked;
