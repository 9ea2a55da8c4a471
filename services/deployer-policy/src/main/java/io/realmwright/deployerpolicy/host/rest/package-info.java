/** Hosts over REST. */
@NullMarked
package io.realmwright.deployerpolicy.host.rest;

import org.jspecify.annotations.NullMarked;
