/** Events over HTTP, as server-sent events. */
@NullMarked
package io.realmwright.deployerpolicy.event.rest;

import org.jspecify.annotations.NullMarked;
