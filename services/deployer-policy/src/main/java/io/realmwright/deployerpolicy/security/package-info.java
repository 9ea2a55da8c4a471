/** Who may call this service, and for what. */
@NullMarked
package io.realmwright.deployerpolicy.security;

import org.jspecify.annotations.NullMarked;
