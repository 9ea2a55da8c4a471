/** What the machines are like, as metrics. */
@NullMarked
package io.realmwright.hostagent.metrics;

import org.jspecify.annotations.NullMarked;
