/** Who may call this agent, and for what: tokens of the deployer's service, and those of an OIDC issuer if there is one. */
@NullMarked
package io.realmwright.hostagent.security;

import org.jspecify.annotations.NullMarked;
