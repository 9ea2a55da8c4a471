/** What several stores in PostgreSQL need. */
@NullMarked
package io.realmwright.deployerpolicy.jdbc;

import org.jspecify.annotations.NullMarked;
