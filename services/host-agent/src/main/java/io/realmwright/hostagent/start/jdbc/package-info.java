/** What must hold of the database. */
@NullMarked
package io.realmwright.hostagent.start.jdbc;

import org.jspecify.annotations.NullMarked;
