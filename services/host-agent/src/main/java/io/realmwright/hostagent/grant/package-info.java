/** Grants: a launch is carried out only with the deployer's signature, once. */
@NullMarked
package io.realmwright.hostagent.grant;

import org.jspecify.annotations.NullMarked;
