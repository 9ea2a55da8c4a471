package io.realmwright.deployerpolicy.realm;

import io.realmwright.machine.host.Outcome;
import org.springframework.stereotype.Component;

/**
 * Brings a realm one step closer to what is wanted of it. A step can be broken off anywhere and taken again: the intent
 * is recorded before a host is told, and the host honours each launch once.
 */
@Component
public class Reconciler {
    private static final Next SETTLED = new Next.Settled();

    private final RealmRecords records;
    private final Settling settling;
    private final Launching launching;
    private final Running running;
    private final Obligation obligation;
    private final Mismatch mismatch;

    Reconciler(
            RealmRecords records,
            Settling settling,
            Launching launching,
            Running running,
            Obligation obligation,
            Mismatch mismatch) {
        this.records = records;
        this.settling = settling;
        this.launching = launching;
        this.running = running;
        this.obligation = obligation;
        this.mismatch = mismatch;
    }

    /** Takes the next step with a realm that was just looked at or recorded. */
    public Next step(Realm realm) {
        try (var _ = LogContext.of(realm)) {
            return towardsItsGoal(realm);
        }
    }

    private Next towardsItsGoal(Realm realm) {
        return switch (realm.goal()) {
            case RUN -> realm.makesWay() ? makeWay(realm) : towardsRunning(realm);
            case STOP -> towardsStopped(realm);
            case DELETE -> towardsDeleted(realm);
        };
    }

    private Next towardsRunning(Realm realm) {
        return switch (realm.state()) {
            case RealmState.Pending(), RealmState.Decided _ -> settling.decideAndPlace(realm);
            case RealmState.Placed placed -> launching.prepare(realm, placed);
            case RealmState.Launching(var launch) -> launching.launch(realm, launch);
            case RealmState.Active(var launch, var incarnation)
            when Mismatch.concerns(realm) -> mismatch.stop(realm, launch, incarnation);
            case RealmState.Running(var launch, var incarnation)
            when Mismatch.concerns(realm) -> mismatch.stop(realm, launch, incarnation);
            case RealmState.Active _ -> running.start(realm);
            case RealmState.Running(var launch, var incarnation) ->
                switch (incarnation.outcome()) {
                    case null -> running.run(realm, launch, incarnation);
                    case Outcome.PoweredOff(), Outcome.HostFailed _ -> running.tearDown(realm, launch, incarnation);
                    case Outcome.Booted() -> obligation.watch(realm, launch);
                    // What stands still keeps its memory: the deployer may want to look at it.
                    case Outcome.Faulted _, Outcome.Stalled _ -> SETTLED;
                };
            case RealmState.Lost _ ->
                switch (realm.request().restartPolicy()) {
                    case NEVER -> SETTLED;
                    case ON_HOST_LOSS -> startOver(realm);
                };
            case RealmState.Stopped _, RealmState.Denied _, RealmState.Failed _ -> SETTLED;
        };
    }

    /** Ends the launch that is to be followed by another one, and then starts over. */
    private Next makeWay(Realm realm) {
        return switch (realm.state()) {
            case RealmState.Launching(var launch) -> launching.cancel(realm, launch);
            case RealmState.Active(var launch, var incarnation) -> running.tearDown(realm, launch, incarnation);
            case RealmState.Running(var launch, var incarnation) -> running.tearDown(realm, launch, incarnation);
            case RealmState.Stopped _, RealmState.Failed _, RealmState.Lost _ -> startOver(realm);
            case RealmState.Pending(), RealmState.Decided _, RealmState.Placed _, RealmState.Denied _ ->
                throw new IllegalStateException("a realm without a launch makes way for none: " + realm.id());
        };
    }

    private Next startOver(Realm realm) {
        return Next.after(records.change(
                realm,
                (current, now) -> current.state().equals(realm.state()) && current.goal() == Goal.RUN
                        ? current.restarted(now)
                        : current));
    }

    private Next towardsStopped(Realm realm) {
        return switch (realm.state()) {
            case RealmState.Launching(var launch) -> launching.cancel(realm, launch);
            case RealmState.Active(var launch, var incarnation) -> running.tearDown(realm, launch, incarnation);
            case RealmState.Running(var launch, var incarnation) -> running.tearDown(realm, launch, incarnation);
            case RealmState.Pending(), RealmState.Decided _, RealmState.Placed _ ->
                Next.after(records.change(
                        realm,
                        (current, now) -> current.state().equals(realm.state()) && current.goal() != Goal.RUN
                                ? current.stopped(now)
                                : current));
            case RealmState.Stopped _, RealmState.Denied _, RealmState.Failed _, RealmState.Lost _ -> SETTLED;
        };
    }

    private Next towardsDeleted(Realm realm) {
        return switch (realm.state()) {
            case RealmState.Launching _, RealmState.Active _, RealmState.Running _ -> towardsStopped(realm);
            case RealmState.Pending(),
                    RealmState.Decided _,
                    RealmState.Placed _,
                    RealmState.Stopped _,
                    RealmState.Denied _,
                    RealmState.Failed _,
                    RealmState.Lost _ -> {
                records.forget(realm);
                yield new Next.Again();
            }
        };
    }
}
