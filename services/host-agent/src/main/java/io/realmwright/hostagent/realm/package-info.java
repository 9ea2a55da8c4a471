/** Launches and the realms that come of them, recorded step by step. */
@NullMarked
package io.realmwright.hostagent.realm;

import org.jspecify.annotations.NullMarked;
