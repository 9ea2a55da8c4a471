/** The service's own contract: the OpenAPI file as it is, and a page that lists it. */
@NullMarked
package io.realmwright.hostagent.contract.rest;

import org.jspecify.annotations.NullMarked;
