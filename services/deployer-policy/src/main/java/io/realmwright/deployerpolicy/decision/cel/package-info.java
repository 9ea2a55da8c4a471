/** Rules in the Common Expression Language: types, compilation, evaluation with its explanation. */
@NullMarked
package io.realmwright.deployerpolicy.decision.cel;

import org.jspecify.annotations.NullMarked;
