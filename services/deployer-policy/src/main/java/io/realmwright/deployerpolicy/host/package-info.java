/** Hosts: registration, polling, and the port to their agents. */
@NullMarked
package io.realmwright.deployerpolicy.host;

import org.jspecify.annotations.NullMarked;
