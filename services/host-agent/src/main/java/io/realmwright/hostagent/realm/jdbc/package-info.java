/** Realms, their steps and their traces in PostgreSQL. */
@NullMarked
package io.realmwright.hostagent.realm.jdbc;

import org.jspecify.annotations.NullMarked;
