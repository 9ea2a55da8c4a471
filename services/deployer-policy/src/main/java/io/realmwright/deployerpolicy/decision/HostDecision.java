package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.AttestationDuty;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.LaunchPlan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the policy says about a realm on one candidate host. */
public sealed interface HostDecision {
    String host();

    HostProfile profile();

    /** What the evaluator saw, rule by rule. */
    List<RuleTrace> trace();

    /** Changes of a single field that would have turned the verdict, the realm's own fields first; found by asking. */
    List<Flip> flips();

    /**
     * The realm may be launched there.
     *
     * @param rule the rule that matched
     * @param plan how; without an RPV, which a grant may add
     * @param requireGrantBinding whether the policy asks that the realm's token names the grant
     * @param attestation whether, and how soon, the realm has to be attested once it runs
     * @param unavailable why the host cannot do it, although it may; empty if it can
     * @param forecast what a rehearsal came to; empty where the host cannot carry out the plan
     */
    record Allow(
            String host,
            HostProfile profile,
            List<RuleTrace> trace,
            List<Flip> flips,
            String rule,
            LaunchPlan plan,
            boolean requireGrantBinding,
            Optional<AttestationDuty> attestation,
            Set<Unavailability> unavailable,
            Optional<Forecast> forecast,
            List<Warning> warnings)
            implements HostDecision {
        public Allow {
            trace = List.copyOf(trace);
            flips = List.copyOf(flips);
            unavailable = Collections.unmodifiableSet(new TreeSet<>(unavailable));
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The realm may not be launched there.
     *
     * @param rule the rule that denied or failed, null if there is none
     */
    record Deny(
            String host,
            HostProfile profile,
            List<RuleTrace> trace,
            List<Flip> flips,
            @Nullable String rule,
            DenialReason reason,
            String message)
            implements HostDecision {
        public Deny {
            trace = List.copyOf(trace);
            flips = List.copyOf(flips);
        }
    }
}
