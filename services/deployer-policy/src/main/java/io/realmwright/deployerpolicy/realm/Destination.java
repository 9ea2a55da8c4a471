package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.placement.Placement;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a realm goes by a decision.
 *
 * @param intent to launch it there at once, if nothing has to come before that
 */
record Destination(UUID decisionId, Placement placement, Optional<Intent> intent) {}
