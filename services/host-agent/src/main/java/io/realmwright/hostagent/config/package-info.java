/** What the operator sets, and what every test may replace: clock, ids, properties. */
@NullMarked
package io.realmwright.hostagent.config;

import org.jspecify.annotations.NullMarked;
