/** Reading, exporting and verifying the audit trail. */
@NullMarked
package io.realmwright.deployerpolicy.audit.rest;

import org.jspecify.annotations.NullMarked;
