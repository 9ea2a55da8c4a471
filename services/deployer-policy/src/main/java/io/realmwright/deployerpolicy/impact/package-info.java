/** What a draft of a policy would change for the realms that are there and for the requests of the past. */
@NullMarked
package io.realmwright.deployerpolicy.impact;

import org.jspecify.annotations.NullMarked;
