/** Realms over REST. */
@NullMarked
package io.realmwright.deployerpolicy.realm.rest;

import org.jspecify.annotations.NullMarked;
