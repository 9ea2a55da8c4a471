/** Repeated creating requests and their answers. */
@NullMarked
package io.realmwright.deployerpolicy.idempotency;

import org.jspecify.annotations.NullMarked;
