package io.realmwright.hostagent.realm;

import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the deployer asks for.
 *
 * @param launchId chosen by the deployer, honoured once
 * @param grant a compact JWS; null only where the agent is in open mode
 */
public record LaunchRequest(
        UUID launchId,
        String name,
        RealmSpec spec,
        LaunchPlan plan,
        @Nullable String grant) {}
