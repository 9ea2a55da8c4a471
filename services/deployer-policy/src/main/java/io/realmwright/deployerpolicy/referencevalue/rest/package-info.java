/** Reference values over HTTP. */
@NullMarked
package io.realmwright.deployerpolicy.referencevalue.rest;

import org.jspecify.annotations.NullMarked;
