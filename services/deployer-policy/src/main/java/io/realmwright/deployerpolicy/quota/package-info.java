/** How much realms with a label may hold of the hosts at the same time. */
@NullMarked
package io.realmwright.deployerpolicy.quota;

import org.jspecify.annotations.NullMarked;
