package io.realmwright.deployerpolicy.decision.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.decision.DenialReason;
import io.realmwright.deployerpolicy.decision.Flip;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.RuleTrace;
import io.realmwright.deployerpolicy.decision.Warning;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.json.AttestationDutyDocument;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Unavailability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the policy says about a realm on one candidate host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "ALLOW", value = HostDecisionDocument.Allow.class),
    @JsonSubTypes.Type(name = "DENY", value = HostDecisionDocument.Deny.class)
})
public sealed interface HostDecisionDocument {
    HostDecision readStored();

    static HostDecisionDocument of(HostDecision decision) {
        return switch (decision) {
            case HostDecision.Allow allow ->
                new Allow(
                        allow.host(),
                        allow.profile().profileName(),
                        allow.rule(),
                        LaunchPlanDocument.of(allow.plan()),
                        allow.requireGrantBinding(),
                        allow.attestation().map(AttestationDutyDocument::of).orElse(null),
                        allow.unavailable(),
                        allow.forecast().map(ForecastDocument::of).orElse(null),
                        allow.warnings(),
                        allow.trace(),
                        allow.flips());
            case HostDecision.Deny deny ->
                new Deny(
                        deny.host(),
                        deny.profile().profileName(),
                        deny.rule(),
                        deny.reason(),
                        deny.message(),
                        deny.trace(),
                        deny.flips());
        };
    }

    private static List<Flip> known(@Nullable List<Flip> flips) {
        return flips == null ? List.of() : flips;
    }

    /** Decisions of the first release tell no flips. */
    record Allow(
            String host,
            String profile,
            String rule,
            LaunchPlanDocument plan,
            boolean requireGrantBinding,
            @Nullable AttestationDutyDocument attestation,
            Set<Unavailability> unavailable,
            @Nullable ForecastDocument forecast,
            List<Warning> warnings,
            List<RuleTrace> trace,
            @Nullable List<Flip> flips)
            implements HostDecisionDocument {
        @Override
        public HostDecision readStored() {
            return new HostDecision.Allow(
                    host,
                    HostProfile.named(profile).orElseThrow(),
                    trace,
                    known(flips),
                    rule,
                    plan.readStored(),
                    requireGrantBinding,
                    Optional.ofNullable(attestation).map(duty -> duty.read(new Fields(), "attestation")),
                    unavailable,
                    Optional.ofNullable(forecast).map(ForecastDocument::readStored),
                    warnings);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    record Deny(
            String host,
            String profile,
            @Nullable String rule,
            DenialReason reason,
            String message,
            List<RuleTrace> trace,
            @Nullable List<Flip> flips)
            implements HostDecisionDocument {
        @Override
        public HostDecision readStored() {
            return new HostDecision.Deny(
                    host, HostProfile.named(profile).orElseThrow(), trace, known(flips), rule, reason, message);
        }
    }
}
