/** Policies in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.policy.jdbc;

import org.jspecify.annotations.NullMarked;
