/** The client of host-agent's REST contract. */
@NullMarked
package io.realmwright.deployerpolicy.host.agentclient;

import org.jspecify.annotations.NullMarked;
