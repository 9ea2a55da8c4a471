/** Quotas in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.quota.jdbc;

import org.jspecify.annotations.NullMarked;
