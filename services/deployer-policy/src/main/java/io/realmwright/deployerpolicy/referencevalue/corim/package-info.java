/** Reference values as CoRIM. */
@NullMarked
package io.realmwright.deployerpolicy.referencevalue.corim;

import org.jspecify.annotations.NullMarked;
