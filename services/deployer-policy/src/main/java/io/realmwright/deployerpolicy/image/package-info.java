/** Images that realms are populated with. */
@NullMarked
package io.realmwright.deployerpolicy.image;

import org.jspecify.annotations.NullMarked;
