/** Policies over REST. */
@NullMarked
package io.realmwright.deployerpolicy.policy.rest;

import org.jspecify.annotations.NullMarked;
