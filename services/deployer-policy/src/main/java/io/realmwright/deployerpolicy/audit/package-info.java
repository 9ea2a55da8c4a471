/** The audit trail: what was decided, granted, launched and came of it, append-only and chained by hashes. */
@NullMarked
package io.realmwright.deployerpolicy.audit;

import org.jspecify.annotations.NullMarked;
