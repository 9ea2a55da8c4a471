/** Idempotency keys in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.idempotency.jdbc;

import org.jspecify.annotations.NullMarked;
