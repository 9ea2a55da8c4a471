/** Images over HTTP. */
@NullMarked
package io.realmwright.hostagent.image.rest;

import org.jspecify.annotations.NullMarked;
