/** Decisions over REST. */
@NullMarked
package io.realmwright.deployerpolicy.decision.rest;

import org.jspecify.annotations.NullMarked;
