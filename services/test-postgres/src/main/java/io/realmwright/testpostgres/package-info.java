/** The database that tests run on. */
@NullMarked
package io.realmwright.testpostgres;

import org.jspecify.annotations.NullMarked;
