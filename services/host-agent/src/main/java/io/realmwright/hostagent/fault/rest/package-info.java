/** Fault plans over HTTP. There is nothing to a fault plan but handing it to the machine, so this feature has no core. */
@NullMarked
package io.realmwright.hostagent.fault.rest;

import org.jspecify.annotations.NullMarked;
