package io.realmwright.deployerpolicy.referencevalue;

import io.realmwright.deployerpolicy.attestation.AttestationProperties;
import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.policy.Policies;
import io.realmwright.deployerpolicy.policy.Policy;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.Realms;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Foresees the measurements of realms under the revision of a policy that is published. They are withdrawn when it is no
 * longer: then nothing is given out, and what was given out is valid for a short time only.
 */
@Service
public class ReferenceValues {
    private final Policies policies;
    private final Realms realms;
    private final Deciding deciding;
    private final AttestationProperties properties;
    private final Clock clock;

    ReferenceValues(
            Policies policies, Realms realms, Deciding deciding, AttestationProperties properties, Clock clock) {
        this.policies = policies;
        this.realms = realms;
        this.deciding = deciding;
        this.properties = properties;
        this.clock = clock;
    }

    /** What came of asking for them. */
    public sealed interface Answer {
        record Given(ReferenceValueSet values) implements Answer {}

        record UnknownRevision() implements Answer {}

        record UnknownRealm() implements Answer {}

        /** Another revision decides, or none does. */
        record Withdrawn(Optional<Integer> published) implements Answer {}

        /** The revision does not decide about the realm, or lets it go nowhere. */
        record NoneForeseen(String explanation) implements Answer {}
    }

    public Answer of(String policyName, int number, String realmName) {
        Optional<Policy> policy = policies.find(policyName);
        Optional<PolicyRevision> revision = policies.findRevision(policyName, number);
        if (policy.isEmpty() || revision.isEmpty()) {
            return new Answer.UnknownRevision();
        }
        Optional<Integer> published = Optional.ofNullable(policy.get().publishedRevision());
        if (!published.equals(Optional.of(number))) {
            return new Answer.Withdrawn(published);
        }
        return realms.find(realmName).map(realm -> of(revision.get(), realm)).orElseGet(Answer.UnknownRealm::new);
    }

    private Answer of(PolicyRevision revision, Realm realm) {
        Decision decision = deciding.decideAgain(realm.request().question());
        boolean decides = decision.selection() instanceof PolicySelection.Selected selected
                && selected.policy().equals(revision.policy())
                && selected.revision() == revision.number();
        if (!decides) {
            return new Answer.NoneForeseen("The revision does not decide about this realm.");
        }
        List<ReferenceValueSet.Measurements> measurements = decision.hosts().stream()
                .flatMap(ReferenceValues::foreseen)
                .distinct()
                .toList();
        if (measurements.isEmpty()) {
            return new Answer.NoneForeseen(
                    "The revision lets the realm go to no host on which its launch could be foreseen.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Answer.Given(new ReferenceValueSet(
                revision.policy(),
                revision.number(),
                revision.digest(),
                realm.request().name(),
                measurements,
                now,
                now.plus(properties.referenceValuesValidity())));
    }

    private static Stream<ReferenceValueSet.Measurements> foreseen(HostDecision decision) {
        return switch (decision) {
            case HostDecision.Deny _ -> Stream.empty();
            case HostDecision.Allow allow -> allow.forecast().stream().flatMap(ReferenceValues::foreseen);
        };
    }

    private static Stream<ReferenceValueSet.Measurements> foreseen(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Ran ran ->
                Stream.of(new ReferenceValueSet.Measurements(ran.hashAlgorithm(), ran.rim(), ran.rems()));
            case Forecast.RefusedByRmm _, Forecast.OutOfGranules _ -> Stream.empty();
        };
    }
}
