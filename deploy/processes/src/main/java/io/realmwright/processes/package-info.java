/** What runs on one machine: PostgreSQL and the services as child processes, and their REST APIs. */
@NullMarked
package io.realmwright.processes;

import org.jspecify.annotations.NullMarked;
