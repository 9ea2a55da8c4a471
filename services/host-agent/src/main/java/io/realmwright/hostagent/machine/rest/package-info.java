/** Machines over HTTP. */
@NullMarked
package io.realmwright.hostagent.machine.rest;

import org.jspecify.annotations.NullMarked;
