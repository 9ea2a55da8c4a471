/** Choosing a host for an allowed realm, and saying why not another. */
@NullMarked
package io.realmwright.deployerpolicy.placement;

import org.jspecify.annotations.NullMarked;
