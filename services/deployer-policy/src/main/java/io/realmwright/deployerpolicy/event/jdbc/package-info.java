/** Events in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.event.jdbc;

import org.jspecify.annotations.NullMarked;
