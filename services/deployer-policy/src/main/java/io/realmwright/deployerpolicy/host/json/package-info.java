/** Reports of machines as JSON. */
@NullMarked
package io.realmwright.deployerpolicy.host.json;

import org.jspecify.annotations.NullMarked;
