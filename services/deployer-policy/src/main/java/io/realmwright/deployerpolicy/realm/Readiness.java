package io.realmwright.deployerpolicy.realm;

import io.realmwright.machine.host.Outcome;
import java.time.Instant;

/** What a guest's outcome says about whether its realm is ready. */
final class Readiness {
    private Readiness() {}

    static Condition after(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Booted() ->
                new Condition(ConditionType.READY, ConditionStatus.TRUE, "BOOTED", "The guest booted.", now);
            case Outcome.Faulted(var access, var ipa, var hipas, var ripas, var _, var visible) ->
                notReady(
                        "FAULTED",
                        "The guest's %s of %s faulted: HIPAS %s, RIPAS %s, %s to the host."
                                .formatted(access, ipa, hipas, ripas, visible ? "visible" : "not visible"),
                        now);
            case Outcome.Stalled(var reason) -> notReady(reason.name(), "The guest makes no further progress.", now);
            case Outcome.PoweredOff() -> notReady("POWERED_OFF", "The guest powered the realm off.", now);
            case Outcome.HostFailed(var refusal) ->
                notReady(
                        "HOST_FAILED", "The RMM refused " + refusal.command() + " with " + refusal.status() + ".", now);
        };
    }

    private static Condition notReady(String reason, String message, Instant now) {
        return new Condition(ConditionType.READY, ConditionStatus.FALSE, reason, message, now);
    }
}
