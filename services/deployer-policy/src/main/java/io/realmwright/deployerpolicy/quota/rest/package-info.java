/** Quotas over REST. */
@NullMarked
package io.realmwright.deployerpolicy.quota.rest;

import org.jspecify.annotations.NullMarked;
