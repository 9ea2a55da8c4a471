/** What the REST adapters of all features share. */
@NullMarked
package io.realmwright.deployerpolicy.rest;

import org.jspecify.annotations.NullMarked;
