/** Decisions in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.decision.jdbc;

import org.jspecify.annotations.NullMarked;
