/** Verifying an exported audit trail without the service. */
@NullMarked
package io.realmwright.deployerpolicy.audit.cli;

import org.jspecify.annotations.NullMarked;
