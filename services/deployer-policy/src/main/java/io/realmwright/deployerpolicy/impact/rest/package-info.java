/** Impact over REST, page by page or as a stream. */
@NullMarked
package io.realmwright.deployerpolicy.impact.rest;

import org.jspecify.annotations.NullMarked;
