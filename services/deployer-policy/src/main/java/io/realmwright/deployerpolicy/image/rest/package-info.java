/** Images over REST. */
@NullMarked
package io.realmwright.deployerpolicy.image.rest;

import org.jspecify.annotations.NullMarked;
