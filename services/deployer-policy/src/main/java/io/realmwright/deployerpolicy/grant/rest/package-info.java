/** Grants and public keys over REST. */
@NullMarked
package io.realmwright.deployerpolicy.grant.rest;

import org.jspecify.annotations.NullMarked;
