/** The chart in {@code helm/realmwright}, rendered by the real Helm. */
@NullMarked
package io.realmwright.helm;

import org.jspecify.annotations.NullMarked;
