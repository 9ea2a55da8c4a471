/** The local run: an embedded PostgreSQL, both services as processes, and the main job through their REST APIs. */
@NullMarked
package io.realmwright.local;

import org.jspecify.annotations.NullMarked;
