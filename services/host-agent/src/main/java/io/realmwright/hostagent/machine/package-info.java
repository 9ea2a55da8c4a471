/** The simulated machines of this agent: one lock, one boot and one ledger each. */
@NullMarked
package io.realmwright.hostagent.machine;

import org.jspecify.annotations.NullMarked;
