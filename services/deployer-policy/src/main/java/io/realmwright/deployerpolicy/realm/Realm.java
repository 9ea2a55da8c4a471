package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.placement.HostRefusal;
import io.realmwright.deployerpolicy.placement.Placement;
import io.realmwright.machine.host.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A realm: what was asked for, how far it is, and what is known about it. Does no I/O; every method answers the realm
 * as it is afterwards.
 *
 * @param wanted what it is to become
 * @param refused hosts that were not taken when a host was last looked for
 * @param forecast of the launch on the host that was chosen
 * @param version grows with every change
 */
public record Realm(
        UUID id,
        RealmRequest request,
        Wanted wanted,
        RealmState state,
        List<HostRefusal> refused,
        Optional<Forecast> forecast,
        List<Condition> conditions,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    public Realm {
        refused = List.copyOf(refused);
        conditions = List.copyOf(conditions);
    }

    static Realm requested(UUID id, RealmRequest request, Instant now) {
        return new Realm(
                id,
                request,
                Wanted.TO_RUN,
                new RealmState.Pending(),
                List.of(),
                Optional.empty(),
                List.of(),
                now,
                now,
                1);
    }

    public Goal goal() {
        return wanted.goal();
    }

    /** Whether its launch is to be ended and followed by another one. */
    boolean makesWay() {
        return goal() == Goal.RUN
                && wanted.outgoing()
                        .filter(outgoing -> state.lastLaunch()
                                .filter(launch -> launch.id().equals(outgoing.launch()))
                                .isPresent())
                        .isPresent();
    }

    public Phase phase() {
        return goal() == Goal.DELETE ? Phase.DELETING : state.phase();
    }

    Realm decided(Decision decision, Instant now) {
        return switch (decision.verdict()) {
            case ALLOW ->
                to(new RealmState.Decided(decision.id()), now)
                        .with(
                                ConditionType.DECIDED,
                                ConditionStatus.TRUE,
                                "ALLOWED",
                                "The policy allows the realm.",
                                now);
            case DENY ->
                to(new RealmState.Denied(decision.id()), now)
                        .with(ConditionType.DECIDED, ConditionStatus.FALSE, "DENIED", decision.denial(), now);
            case NO_HOST ->
                to(new RealmState.Pending(), now)
                        .with(
                                ConditionType.DECIDED,
                                ConditionStatus.FALSE,
                                "NO_HOST",
                                "No registered host is a candidate.",
                                now);
        };
    }

    /** Allowed, and a quota leaves no room for it now. */
    Realm overQuota(UUID decisionId, String message, Instant now) {
        return settled(new RealmState.Decided(decisionId), List.of(), Optional.empty(), now)
                .with(ConditionType.PLACED, ConditionStatus.FALSE, "QUOTA_EXCEEDED", message, now);
    }

    Realm placed(UUID decisionId, Placement placement, Instant now) {
        return switch (placement) {
            case Placement.Placed(var host, HostDecision.Allow allow, var others) ->
                settled(new RealmState.Placed(decisionId, host.name()), others, allow.forecast(), now)
                        .with(
                                ConditionType.PLACED,
                                ConditionStatus.TRUE,
                                "HOST_CHOSEN",
                                "Host " + host.name() + " was chosen.",
                                now);
            case Placement.Unplaceable(var others) -> unplaceable(decisionId, others, now);
        };
    }

    /** Allowed, but no host can take it; the one that was chosen did not, and keeps nothing of it. */
    Realm unplaceable(UUID decisionId, List<HostRefusal> others, Instant now) {
        return settled(new RealmState.Decided(decisionId), others, Optional.empty(), now)
                .with(
                        ConditionType.PLACED,
                        ConditionStatus.FALSE,
                        "UNPLACEABLE",
                        "No candidate host can take the realm.",
                        now);
    }

    /** A host was looked for. */
    private Realm settled(RealmState next, List<HostRefusal> others, Optional<Forecast> foreseen, Instant now) {
        return new Realm(id, request, wanted, next, others, foreseen, conditions, createdAt, now, version);
    }

    Realm launching(Launch launch, Instant now) {
        return to(new RealmState.Launching(launch), now);
    }

    Realm launched(Launch launch, AgentRealm realm, Instant now) {
        return to(new RealmState.Active(launch.onBoot(realm.bootId()), Incarnation.of(realm)), now)
                .with(
                        ConditionType.LAUNCHED,
                        ConditionStatus.TRUE,
                        "ACTIVE",
                        "The realm is active on host " + launch.host() + ".",
                        now)
                .withForecastCompared(realm, now);
    }

    Realm running(Launch launch, Incarnation incarnation, Instant now) {
        return to(new RealmState.Running(launch, incarnation), now);
    }

    /** The run has come to an outcome. */
    Realm ran(Launch launch, AgentRealm realm, Outcome outcome, Instant now) {
        return to(new RealmState.Running(launch, Incarnation.of(realm)), now)
                .withForecastCompared(realm, now)
                .with(Readiness.after(outcome, now));
    }

    private Realm withForecastCompared(AgentRealm realm, Instant now) {
        if (realm.rim() == null || !(forecast.orElse(null) instanceof Forecast.Ran foreseen)) {
            return this;
        }
        return foreseen.rim().equals(realm.rim())
                ? with(
                        ConditionType.RIM_AS_FORECAST,
                        ConditionStatus.TRUE,
                        "EQUAL",
                        "The RIM is the one that was forecast.",
                        now)
                : with(
                        ConditionType.RIM_AS_FORECAST,
                        ConditionStatus.FALSE,
                        "DIFFERENT",
                        "The host reports RIM " + realm.rim() + ", and " + foreseen.rim() + " was forecast.",
                        now);
    }

    /** A token of the realm was appraised. */
    Realm appraised(boolean attested, String status, String message, Instant now) {
        return with(
                ConditionType.ATTESTED, attested ? ConditionStatus.TRUE : ConditionStatus.FALSE, status, message, now);
    }

    /** The policy asked for more. */
    Realm notAttestedInTime(Duration within, Instant now) {
        return with(
                ConditionType.ATTESTED,
                ConditionStatus.FALSE,
                "DEADLINE_MISSED",
                "The policy demands that the realm is attested from " + within + " after its boot on, and it is not.",
                now);
    }

    boolean isAttested() {
        return is(ConditionType.ATTESTED, ConditionStatus.TRUE);
    }

    /** Since when the guest is booted, if it is. */
    Optional<Instant> readySince() {
        return Condition.find(conditions, ConditionType.READY, ConditionStatus.TRUE)
                .map(Condition::lastTransitionTime);
    }

    private boolean is(ConditionType type, ConditionStatus status) {
        return Condition.find(conditions, type, status).isPresent();
    }

    /** What was attested is not there any more. */
    private Realm withAttestationEnded(String reason, Instant now) {
        return isAttested()
                ? with(
                        ConditionType.ATTESTED,
                        ConditionStatus.FALSE,
                        reason,
                        "The realm that was attested does not run any more.",
                        now)
                : this;
    }

    Realm failed(Launch launch, Optional<Incarnation> incarnation, Failure failure, Instant now) {
        return to(new RealmState.Failed(launch, incarnation, failure), now)
                .with(ConditionType.LAUNCHED, ConditionStatus.FALSE, failure.reason(), failure.message(), now);
    }

    Realm stopped(Instant now) {
        return to(new RealmState.Stopped(state.lastLaunch(), state.lastIncarnation()), now)
                .with(ConditionType.READY, ConditionStatus.FALSE, "STOPPED", "The realm is stopped.", now)
                .withAttestationEnded("STOPPED", now);
    }

    /** Whatever of it was on its host is gone. */
    Realm lost(Launch launch, LossReason reason, Instant now) {
        return to(new RealmState.Lost(launch, state.lastIncarnation()), now)
                .with(ConditionType.READY, ConditionStatus.FALSE, reason.name(), reason.message(launch.host()), now)
                .withAttestationEnded(reason.name(), now);
    }

    /** Starts over, with a new decision. */
    Realm restarted(Instant now) {
        return new Realm(
                id,
                request,
                wanted.replaced(),
                new RealmState.Pending(),
                List.of(),
                Optional.empty(),
                conditions.stream()
                        .filter(condition -> condition.type() != ConditionType.RIM_AS_FORECAST
                                && condition.type() != ConditionType.ATTESTED)
                        .toList(),
                createdAt,
                now,
                version);
    }

    Realm aimedAt(Goal newGoal, Instant now) {
        return wanting(wanted.aimedAt(newGoal), now);
    }

    /** Wants the launch that it has ended, and another one in its place. */
    Realm makingWay(Launch launch, Outgoing.Reason reason, Instant now) {
        return wanting(wanted.replacing(new Outgoing(launch.id(), reason)), now)
                .with(ConditionType.READY, ConditionStatus.FALSE, reason.name(), reason.message(), now);
    }

    /** Somebody has acted on what was wanted in this generation, which is no change of the realm. */
    Realm observed(long generation) {
        return wanting(wanted.observed(generation), updatedAt);
    }

    private Realm wanting(Wanted change, Instant now) {
        return new Realm(id, request, change, state, refused, forecast, conditions, createdAt, now, version);
    }

    Realm withHostReachable(Instant now) {
        return is(ConditionType.HOST_REACHABLE, ConditionStatus.FALSE)
                ? with(ConditionType.HOST_REACHABLE, ConditionStatus.TRUE, "ANSWERS", "The host's agent answers.", now)
                : this;
    }

    Realm withHostUnreachable(String reason, String message, Instant now) {
        return with(ConditionType.HOST_REACHABLE, ConditionStatus.FALSE, reason, message, now);
    }

    /** The same realm under the next version. */
    public Realm nextVersion() {
        return new Realm(id, request, wanted, state, refused, forecast, conditions, createdAt, updatedAt, version + 1);
    }

    /** The same realm with another time of change. */
    Realm updatedAt(Instant instant) {
        return new Realm(id, request, wanted, state, refused, forecast, conditions, createdAt, instant, version);
    }

    private Realm with(ConditionType type, ConditionStatus status, String reason, String message, Instant now) {
        return with(new Condition(type, status, reason, message, now));
    }

    private Realm with(Condition condition) {
        List<Condition> all = Condition.with(conditions, condition);
        return new Realm(id, request, wanted, state, refused, forecast, all, createdAt, updatedAt, version);
    }

    private Realm to(RealmState next, Instant now) {
        return new Realm(id, request, wanted, next, refused, forecast, conditions, createdAt, now, version);
    }
}
