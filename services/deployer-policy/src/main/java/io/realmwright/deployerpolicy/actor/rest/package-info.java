/** Who is acting, as a request tells. */
@NullMarked
package io.realmwright.deployerpolicy.actor.rest;

import org.jspecify.annotations.NullMarked;
