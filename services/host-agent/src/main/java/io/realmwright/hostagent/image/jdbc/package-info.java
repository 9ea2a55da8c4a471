/** Images in PostgreSQL, in chunks. */
@NullMarked
package io.realmwright.hostagent.image.jdbc;

import org.jspecify.annotations.NullMarked;
