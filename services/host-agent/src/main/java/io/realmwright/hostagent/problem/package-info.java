/** Every error that this API answers with: one enum, one advice. */
@NullMarked
package io.realmwright.hostagent.problem;

import org.jspecify.annotations.NullMarked;
