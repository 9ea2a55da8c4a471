/** Grants in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.grant.jdbc;

import org.jspecify.annotations.NullMarked;
