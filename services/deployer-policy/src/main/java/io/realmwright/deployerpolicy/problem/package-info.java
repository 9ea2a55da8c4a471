/** Problem details: every error of the API. */
@NullMarked
package io.realmwright.deployerpolicy.problem;

import org.jspecify.annotations.NullMarked;
