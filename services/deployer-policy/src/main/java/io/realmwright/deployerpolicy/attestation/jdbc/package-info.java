/** Attestations in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.attestation.jdbc;

import org.jspecify.annotations.NullMarked;
