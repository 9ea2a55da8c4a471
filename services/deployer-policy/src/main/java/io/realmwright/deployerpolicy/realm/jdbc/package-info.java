/** Realms in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.realm.jdbc;

import org.jspecify.annotations.NullMarked;
