/** Parts of realms as JSON. */
@NullMarked
package io.realmwright.deployerpolicy.realm.json;

import org.jspecify.annotations.NullMarked;
