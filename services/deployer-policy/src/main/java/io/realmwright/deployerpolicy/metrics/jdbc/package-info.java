/** What is stored, as metrics. */
@NullMarked
package io.realmwright.deployerpolicy.metrics.jdbc;

import org.jspecify.annotations.NullMarked;
