/** Realms over HTTP. */
@NullMarked
package io.realmwright.hostagent.realm.rest;

import org.jspecify.annotations.NullMarked;
