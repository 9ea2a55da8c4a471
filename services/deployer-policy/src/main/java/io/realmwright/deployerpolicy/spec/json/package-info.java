/** Realm specs, launch plans and outcomes as JSON, in requests, answers, the database and towards agents. */
@NullMarked
package io.realmwright.deployerpolicy.spec.json;

import org.jspecify.annotations.NullMarked;
