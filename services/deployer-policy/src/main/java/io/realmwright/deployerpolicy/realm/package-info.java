/** Realms: what was asked for, what is wanted, how far they are, and the steps that bring them there. */
@NullMarked
package io.realmwright.deployerpolicy.realm;

import org.jspecify.annotations.NullMarked;
