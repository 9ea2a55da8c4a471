/** The history of boots in PostgreSQL. */
@NullMarked
package io.realmwright.hostagent.machine.jdbc;

import org.jspecify.annotations.NullMarked;
