/** Images in PostgreSQL. */
@NullMarked
package io.realmwright.deployerpolicy.image.jdbc;

import org.jspecify.annotations.NullMarked;
