/** The realms and requests of the past, from the database. */
@NullMarked
package io.realmwright.deployerpolicy.impact.jdbc;

import org.jspecify.annotations.NullMarked;
