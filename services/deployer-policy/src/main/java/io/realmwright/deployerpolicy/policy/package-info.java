/** Policies: ordered rules, immutable revisions, and the one revision that decides. */
@NullMarked
package io.realmwright.deployerpolicy.policy;

import org.jspecify.annotations.NullMarked;
