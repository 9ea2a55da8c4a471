/** The audit trail in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.audit.jdbc;

import org.jspecify.annotations.NullMarked;
