package io.realmwright.deployerpolicy.decision;

import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.LaunchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the deployer should know about a launch that the policy allows. */
final class Warnings {
    private Warnings() {}

    static List<Warning> about(
            HostProfile profile, LaunchPlan plan, Set<Unavailability> unavailable, Optional<Forecast> forecast) {
        var warnings = new ArrayList<Warning>();
        unavailable.forEach(reason -> warnings.add(new Warning(reason.name(), sentence(reason.explanation()))));
        if (!profile.canSetRpv() && !unavailable.contains(Unavailability.GRANT_NOT_IN_TOKEN)) {
            warnings.add(new Warning(
                    Unavailability.GRANT_NOT_IN_TOKEN.name(),
                    sentence(Unavailability.GRANT_NOT_IN_TOKEN.explanation())));
        }
        if (profile.rmmVersion().startsWith("2.")) {
            warnings.add(
                    new Warning(
                            Warning.RIPAS_NOT_ATTESTED,
                            "On RMM 2.0 the RIM does not contain the RIPAS choice: a token cannot prove who declared the memory."));
        }
        forecast.ifPresent(foreseen -> warnings.addAll(about(foreseen, plan)));
        return warnings;
    }

    private static List<Warning> about(Forecast forecast, LaunchPlan plan) {
        return switch (forecast) {
            case Forecast.Ran ran -> about(ran.outcome(), plan);
            case Forecast.RefusedByRmm(var step, var refusal) ->
                List.of(new Warning(
                        Warning.LAUNCH_WILL_FAIL,
                        "At " + step + " the RMM refuses " + refusal.command() + " with " + refusal.status() + "."));
            case Forecast.OutOfGranules(var step) ->
                List.of(new Warning(Warning.LAUNCH_WILL_FAIL, "At " + step + " the host runs out of granules."));
        };
    }

    private static List<Warning> about(Outcome outcome, LaunchPlan plan) {
        return switch (outcome) {
            case Outcome.Booted(), Outcome.PoweredOff() -> List.of();
            case Outcome.Faulted(var access, var ipa, var hipas, var ripas, var step, var visible) ->
                List.of(new Warning(
                        Warning.GUEST_WILL_FAULT,
                        "At step %d the guest's %s of %s faults: HIPAS %s, RIPAS %s, %s to the host."
                                .formatted(step, access, ipa, hipas, ripas, visible ? "visible" : "not visible")));
            case Outcome.Stalled(var reason) -> List.of(stall(reason, plan));
            case Outcome.HostFailed(var refusal) ->
                List.of(new Warning(
                        Warning.LAUNCH_WILL_FAIL,
                        "The RMM refuses " + refusal.command() + " with " + refusal.status()
                                + " while the guest runs."));
        };
    }

    private static Warning stall(Outcome.Stalled.Reason reason, LaunchPlan plan) {
        return switch (reason) {
            case RIPAS_REJECTED, RIPAS_WITHHELD ->
                new Warning(
                        Warning.VERDICT_STOPS_GUEST,
                        "The guest asks for RAM, and the run-time verdict "
                                + plan.verdict().kind() + " stops it.");
            case RSI_REFUSED, NO_PROGRESS, NO_MEMSLOT, OUT_OF_GRANULES, IDLE ->
                new Warning(Warning.GUEST_WILL_STALL, "The guest stops making progress: " + reason + ".");
        };
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }
}
