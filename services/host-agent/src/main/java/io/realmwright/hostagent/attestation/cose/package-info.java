/** CCA tokens in CBOR, signed with COSE. */
@NullMarked
package io.realmwright.hostagent.attestation.cose;

import org.jspecify.annotations.NullMarked;
