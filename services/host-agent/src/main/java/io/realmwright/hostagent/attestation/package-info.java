/** What the firmware of a simulated machine attests with, and what its maker would publish about it. */
@NullMarked
package io.realmwright.hostagent.attestation;

import org.jspecify.annotations.NullMarked;
