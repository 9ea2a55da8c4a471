/** Grants: signed permissions to launch one realm on one host in one way. */
@NullMarked
package io.realmwright.deployerpolicy.grant;

import org.jspecify.annotations.NullMarked;
