/** Serves the dashboard, which is static files and knows nothing but the public REST API. */
@NullMarked
package io.realmwright.deployerpolicy.dashboard;

import org.jspecify.annotations.NullMarked;
