package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.policy.AttestationDuty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sees to it that realms are attested in time where the policy that allowed them asks for it. */
@Component
class Obligation {
    private final DecisionStore decisions;
    private final RealmRecords records;
    private final Clock clock;

    Obligation(DecisionStore decisions, RealmRecords records, Clock clock) {
        this.decisions = decisions;
        this.records = records;
        this.clock = clock;
    }

    /** What to do with a realm whose guest has booted. */
    Next watch(Realm realm, Launch launch) {
        return duty(launch).map(duty -> watch(realm, duty)).orElse(new Next.Settled());
    }

    private Optional<AttestationDuty> duty(Launch launch) {
        Optional<Decision> decision = decisions.find(launch.decisionId());
        return decision.flatMap(found -> found.on(launch.host())).flatMap(Obligation::duty);
    }

    private static Optional<AttestationDuty> duty(HostDecision decision) {
        return switch (decision) {
            case HostDecision.Allow allow -> allow.attestation();
            case HostDecision.Deny _ -> Optional.empty();
        };
    }

    private Next watch(Realm realm, AttestationDuty duty) {
        if (realm.isAttested()) {
            return new Next.Settled();
        }
        Instant deadline = realm.readySince().orElse(realm.updatedAt()).plus(duty.within());
        Duration left = Duration.between(clock.instant(), deadline);
        if (left.isPositive()) {
            return new Next.Later(left);
        }
        records.change(
                realm,
                (current, now) -> current.state().equals(realm.state()) && !current.isAttested()
                        ? missed(current, duty, now)
                        : current);
        return new Next.Again();
    }

    private static Realm missed(Realm realm, AttestationDuty duty, Instant now) {
        return switch (duty.otherwise()) {
            case STOP -> realm.notAttestedInTime(duty.within(), now).aimedAt(Goal.STOP, now);
        };
    }
}
