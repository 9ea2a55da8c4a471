/** Hosts in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.host.jdbc;

import org.jspecify.annotations.NullMarked;
