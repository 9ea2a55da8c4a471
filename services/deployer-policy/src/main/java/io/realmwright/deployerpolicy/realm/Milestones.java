package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.event.EventLog;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.spec.CanonicalText;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells what becomes of a realm: everything to whoever watches, and what somebody may want proven later to the audit trail
 * as well. Its decisions and grants are recorded by those who make them.
 */
@Component
class Milestones {
    private static final Logger LOG = LoggerFactory.getLogger(Milestones.class);

    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;

    Milestones(AuditTrail audit, EventLog events, Clock clock) {
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A realm, and the turns that it took at once. */
    void created(Realm realm, List<Turn> turns) {
        tell(Stream.of(happening(realm, Happening.Change.CREATED)), turns);
    }

    /** Turns that a realm took one after the other. */
    void changed(List<Turn> turns) {
        tell(Stream.empty(), turns);
    }

    /** All happenings are noted together, which costs one trip to the database. */
    private void tell(Stream<Happening> first, List<Turn> turns) {
        var changes = turns.stream().map(turn -> happening(turn.after(), Happening.Change.CHANGED));
        events.note(Stream.concat(first, changes).toArray(Happening[]::new));
        turns.forEach(turn -> changed(turn.before(), turn.after()));
    }

    private void changed(Realm before, Realm after) {
        if (!before.state().equals(after.state())) {
            event(after.state()).ifPresent(event -> {
                audit.record(event, subject(after), details(after));
                LOG.atInfo()
                        .addKeyValue("event", event)
                        .addKeyValue("phase", after.phase())
                        .log("A realm has come to another state");
            });
        }
    }

    void deleted(Realm realm) {
        events.note(happening(realm, Happening.Change.DELETED));
        audit.record(AuditEvent.DELETED, subject(realm), new Details().with("realmId", realm.id()));
    }

    private Happening happening(Realm realm, Happening.Change change) {
        return new Happening(
                Happening.Subject.REALM,
                realm.request().name(),
                change,
                realm.phase().name(),
                Telling.conditionOf(realm).map(Condition::reason),
                realm.version(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)); // what PostgreSQL keeps
    }

    private static Optional<AuditEvent> event(RealmState state) {
        return switch (state) {
            case RealmState.Active _ -> Optional.of(AuditEvent.LAUNCHED);
            case RealmState.Running(var _, var incarnation) ->
                incarnation.outcome() != null ? Optional.of(AuditEvent.RAN) : Optional.empty();
            case RealmState.Stopped _ -> Optional.of(AuditEvent.STOPPED);
            case RealmState.Failed _ -> Optional.of(AuditEvent.LAUNCH_FAILED);
            case RealmState.Lost _ -> Optional.of(AuditEvent.LOST);
            case RealmState.Pending(),
                    RealmState.Decided _,
                    RealmState.Denied _,
                    RealmState.Placed _,
                    RealmState.Launching _ -> Optional.empty();
        };
    }

    private static String subject(Realm realm) {
        return "realm/" + realm.request().name();
    }

    private static Details details(Realm realm) {
        var details = new Details().with("realmId", realm.id());
        realm.state().lastLaunch().ifPresent(launch -> describe(details, launch));
        realm.state().lastIncarnation().ifPresent(incarnation -> describe(details, incarnation));
        if (realm.forecast().orElse(null) instanceof Forecast.Ran foreseen) {
            details.with("forecastRim", foreseen.rim());
        }
        if (realm.state() instanceof RealmState.Failed(var _, var _, var failure)) {
            details.with("reason", failure.reason()).with("message", failure.message());
        }
        return details;
    }

    private static void describe(Details details, Launch launch) {
        details.with("decisionId", launch.decisionId())
                .with("grantId", launch.grantId())
                .with("launchId", launch.id())
                .with("host", launch.host())
                .with("bootId", launch.bootId())
                .with("plan", CanonicalText.of(launch.plan()))
                .with(
                        "rpv",
                        launch.plan().rpv().isZero()
                                ? null
                                : launch.plan().rpv().hex());
    }

    private static void describe(Details details, Incarnation incarnation) {
        details.with("agentRealm", incarnation.agentRealm())
                .with("rim", incarnation.rim())
                .with("outcome", text(incarnation.outcome()));
    }

    private static @Nullable String text(@Nullable Outcome outcome) {
        return switch (outcome) {
            case null -> null;
            case Outcome.Booted() -> "BOOTED";
            case Outcome.Faulted(var access, var ipa, var hipas, var ripas, var _, var visible) ->
                "FAULTED(%s, %s, %s, %s, %s to the host)"
                        .formatted(access, ipa, hipas, ripas, visible ? "visible" : "not visible");
            case Outcome.Stalled(var reason) -> "STALLED(" + reason + ")";
            case Outcome.PoweredOff() -> "POWERED_OFF";
            case Outcome.HostFailed(var refusal) -> "HOST_FAILED(" + refusal.command() + ", " + refusal.status() + ")";
        };
    }
}
