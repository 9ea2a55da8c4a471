/** What has to hold before the service serves, and where time and identities come from. */
@NullMarked
package io.realmwright.deployerpolicy.start;

import org.jspecify.annotations.NullMarked;
