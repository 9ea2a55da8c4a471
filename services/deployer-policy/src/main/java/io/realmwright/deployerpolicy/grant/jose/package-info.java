/** Grants as JWS, and the key that signs them. */
@NullMarked
package io.realmwright.deployerpolicy.grant.jose;

import org.jspecify.annotations.NullMarked;
