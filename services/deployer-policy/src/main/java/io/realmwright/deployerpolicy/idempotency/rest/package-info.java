/** Idempotency keys in HTTP requests. */
@NullMarked
package io.realmwright.deployerpolicy.idempotency.rest;

import org.jspecify.annotations.NullMarked;
