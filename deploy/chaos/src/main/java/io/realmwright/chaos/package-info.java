/** Chaos: real processes under load that are killed, frozen and cut off, and the count of what is left afterwards. */
@NullMarked
package io.realmwright.chaos;

import org.jspecify.annotations.NullMarked;
