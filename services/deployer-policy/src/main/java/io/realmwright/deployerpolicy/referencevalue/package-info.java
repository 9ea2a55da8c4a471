/** What verifiers other than this service may compare realms' tokens with, as a published policy foresees it. */
@NullMarked
package io.realmwright.deployerpolicy.referencevalue;

import org.jspecify.annotations.NullMarked;
