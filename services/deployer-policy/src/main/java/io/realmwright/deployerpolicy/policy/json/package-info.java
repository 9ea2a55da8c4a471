/** Policies as JSON, and the digest of that. */
@NullMarked
package io.realmwright.deployerpolicy.policy.json;

import org.jspecify.annotations.NullMarked;
