package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.host.MachineReport;

/**
 * A launch that nothing stands in the way of but the record that it is meant.
 *
 * @param machine as it was when it was last asked: what is meant is that boot of it
 */
record Intent(Grants.Order order, MachineReport machine) {}
