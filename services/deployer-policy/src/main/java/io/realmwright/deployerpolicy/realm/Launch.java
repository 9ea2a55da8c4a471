package io.realmwright.deployerpolicy.realm;

import io.realmwright.machine.spec.LaunchPlan;
import java.util.UUID;

/**
 * The intent to launch a realm, recorded before the host is told.
 *
 * @param id the host honours it once, so telling it again does no harm
 * @param bootId the boot of the machine that was meant: after another boot the launch is void
 * @param plan as the host gets it, with the RPV where there is one
 */
public record Launch(UUID id, UUID decisionId, String host, UUID bootId, UUID grantId, LaunchPlan plan) {
    Launch onBoot(UUID actualBootId) {
        return new Launch(id, decisionId, host, actualBootId, grantId, plan);
    }
}
