/** Entries of the audit trail as JSON, whose canonical text is hashed. */
@NullMarked
package io.realmwright.deployerpolicy.audit.json;

import org.jspecify.annotations.NullMarked;
