/** Who is acting. */
@NullMarked
package io.realmwright.deployerpolicy.actor;

import org.jspecify.annotations.NullMarked;
