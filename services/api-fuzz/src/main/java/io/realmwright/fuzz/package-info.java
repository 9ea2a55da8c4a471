/** Hostile requests made from an OpenAPI file, each from a seed, and what every answer has to be. */
@NullMarked
package io.realmwright.fuzz;

import org.jspecify.annotations.NullMarked;
