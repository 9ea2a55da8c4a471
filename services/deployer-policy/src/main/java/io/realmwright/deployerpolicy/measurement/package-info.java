/** What a realm's RIM is made of, and why two of them differ. */
@NullMarked
package io.realmwright.deployerpolicy.measurement;

import org.jspecify.annotations.NullMarked;
