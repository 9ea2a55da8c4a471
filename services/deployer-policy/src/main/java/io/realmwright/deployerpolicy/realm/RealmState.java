package io.realmwright.deployerpolicy.realm;

import java.util.Optional;
import java.util.UUID;

/** Where a realm is on its way, with what is true while it is there. */
public sealed interface RealmState {
    /** Nothing decided: no host is a candidate. */
    record Pending() implements RealmState {}

    /** Allowed, without a host. */
    record Decided(UUID decisionId) implements RealmState {}

    /** A host is chosen. It knows nothing yet, so this can be taken back. */
    record Placed(UUID decisionId, String host) implements RealmState {}

    /** The intent is recorded and the host may know of it. Only its answer, or its next boot, ends this. */
    record Launching(Launch launch) implements RealmState {}

    record Active(Launch launch, Incarnation incarnation) implements RealmState {}

    /** Its vCPUs run, or have come to an outcome after which the realm still holds its memory. */
    record Running(Launch launch, Incarnation incarnation) implements RealmState {}

    /** Ended; what it was stays visible. */
    record Stopped(Optional<Launch> launch, Optional<Incarnation> incarnation) implements RealmState {}

    record Denied(UUID decisionId) implements RealmState {}

    record Failed(Launch launch, Optional<Incarnation> incarnation, Failure failure) implements RealmState {}

    record Lost(Launch launch, Optional<Incarnation> incarnation) implements RealmState {}

    default Phase phase() {
        return switch (this) {
            case Pending() -> Phase.PENDING;
            case Decided _ -> Phase.DECIDED;
            case Placed _ -> Phase.PLACED;
            case Launching _ -> Phase.LAUNCHING;
            case Active _ -> Phase.ACTIVE;
            case Running _ -> Phase.RUNNING;
            case Stopped _ -> Phase.STOPPED;
            case Denied _ -> Phase.DENIED;
            case Failed _ -> Phase.FAILED;
            case Lost _ -> Phase.LOST;
        };
    }

    /** The last launch, if there was one. */
    default Optional<Launch> lastLaunch() {
        return switch (this) {
            case Pending(), Decided _, Placed _, Denied _ -> Optional.empty();
            case Launching(var launch) -> Optional.of(launch);
            case Active(var launch, var _) -> Optional.of(launch);
            case Running(var launch, var _) -> Optional.of(launch);
            case Stopped(var launch, var _) -> launch;
            case Failed(var launch, var _, var _) -> Optional.of(launch);
            case Lost(var launch, var _) -> Optional.of(launch);
        };
    }

    /** What came to life by it, if anything did. */
    default Optional<Incarnation> lastIncarnation() {
        return switch (this) {
            case Pending(), Decided _, Placed _, Denied _, Launching _ -> Optional.empty();
            case Active(var _, var incarnation) -> Optional.of(incarnation);
            case Running(var _, var incarnation) -> Optional.of(incarnation);
            case Stopped(var _, var incarnation) -> incarnation;
            case Failed(var _, var incarnation, var _) -> incarnation;
            case Lost(var _, var incarnation) -> incarnation;
        };
    }

    default Optional<UUID> lastDecision() {
        return switch (this) {
            case Pending() -> Optional.empty();
            case Decided(var decision) -> Optional.of(decision);
            case Denied(var decision) -> Optional.of(decision);
            case Placed(var decision, var _) -> Optional.of(decision);
            case Launching _, Active _, Running _, Stopped _, Failed _, Lost _ ->
                lastLaunch().map(Launch::decisionId);
        };
    }

    /** The host that it is on, or was on last. */
    default Optional<String> lastHost() {
        return switch (this) {
            case Placed(var _, var host) -> Optional.of(host);
            case Pending _, Decided _, Denied _, Launching _, Active _, Running _, Stopped _, Failed _, Lost _ ->
                lastLaunch().map(Launch::host);
        };
    }

    /** Whether it is over, and nothing more happens by itself. */
    default boolean hasEnded() {
        return switch (this) {
            case Stopped _, Denied _, Failed _, Lost _ -> true;
            case Pending _, Decided _, Placed _, Launching _, Active _, Running _ -> false;
        };
    }

    /** Whether the host holds something of it, or may. */
    default boolean needsItsHost() {
        return switch (this) {
            case Placed _, Launching _, Active _, Running _ -> true;
            case Pending _, Decided _, Denied _, Stopped _, Failed _, Lost _ -> false;
        };
    }
}
