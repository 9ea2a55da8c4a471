/** Raw RMI calls over HTTP. There is nothing to one but handing it to the machine, so this feature has no core. */
@NullMarked
package io.realmwright.hostagent.rmi.rest;

import org.jspecify.annotations.NullMarked;
