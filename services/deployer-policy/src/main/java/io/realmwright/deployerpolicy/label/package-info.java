/** Labels and selectors. */
@NullMarked
package io.realmwright.deployerpolicy.label;

import org.jspecify.annotations.NullMarked;
