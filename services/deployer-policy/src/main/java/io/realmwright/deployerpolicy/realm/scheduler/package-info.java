/** Durable work on realms with db-scheduler. */
@NullMarked
package io.realmwright.deployerpolicy.realm.scheduler;

import org.jspecify.annotations.NullMarked;
