package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.machine.host.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Runs a launched realm, and tears it down. */
@Component
class Running {
    private static final String UNKNOWN_REALM = "unknown-realm";

    private final Hosts hosts;
    private final Agents agents;
    private final LaunchAnswers answers;
    private final RealmRecords records;

    Running(Hosts hosts, Agents agents, LaunchAnswers answers, RealmRecords records) {
        this.hosts = hosts;
        this.agents = agents;
        this.answers = answers;
        this.records = records;
    }

    /** Records that the vCPUs are about to run. */
    Next start(Realm realm) {
        return apply(realm, Running::started);
    }

    /** An active realm of which its vCPUs are to run is about to; any other stays as it is. */
    static Realm started(Realm realm, Instant now) {
        return realm.state() instanceof RealmState.Active(var launch, var incarnation)
                        && realm.goal() == Goal.RUN
                        && !realm.makesWay()
                        && !Mismatch.concerns(realm)
                ? realm.running(launch, incarnation, now)
                : realm;
    }

    Next run(Realm realm, Launch launch, Incarnation incarnation) {
        return hosts.find(launch.host())
                .map(host -> run(realm, launch, incarnation, host))
                .orElseGet(() -> answers.hostGone(realm, launch));
    }

    private Next run(Realm realm, Launch launch, Incarnation incarnation, Host host) {
        return switch (agents.run(host.address(), incarnation.agentRealm())) {
            case AgentAnswer.Ok<AgentRealm>(var answer) -> ran(realm, launch, answer);
            case AgentAnswer.Refused<AgentRealm>(var problem) -> refused(realm, launch, incarnation, host, problem);
            case AgentAnswer.NoAnswer<AgentRealm>(var reason, var message) ->
                answers.noAnswer(realm, reason.name(), message);
        };
    }

    private Next ran(Realm realm, Launch launch, AgentRealm answer) {
        Outcome outcome = answer.outcome();
        if (outcome != null) {
            return apply(realm, (current, now) -> current.ran(launch, answer, outcome, now));
        }
        return switch (answer.state()) {
            case LOST -> apply(realm, (current, now) -> current.lost(launch, LossReason.HOST_REBOOTED, now));
            case STOPPED -> apply(realm, (current, now) -> current.stopped(now));
            case LAUNCHING, ACTIVE, RUNNING, FAILED ->
                answers.noAnswer(realm, "NO_OUTCOME", "The agent ran the realm and names no outcome.");
        };
    }

    private Next refused(Realm realm, Launch launch, Incarnation incarnation, Host host, AgentProblem problem) {
        if (problem.is(UNKNOWN_REALM)) {
            return apply(realm, (current, now) -> current.lost(launch, LossReason.UNKNOWN_TO_HOST, now));
        }
        if (problem.is("realm-not-runnable")
                && agents.realm(host.address(), incarnation.agentRealm())
                        instanceof AgentAnswer.Ok<AgentRealm>(var answer)) {
            return ran(realm, launch, answer);
        }
        return answers.noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail());
    }

    /** Gives the realm's memory back to the host. */
    Next tearDown(Realm realm, Launch launch, Incarnation incarnation) {
        return tearDown(realm, launch, incarnation, Optional.empty());
    }

    /** Gives the realm's memory back to the host because of what is wrong with it. */
    Next tearDown(Realm realm, Launch launch, Incarnation incarnation, Optional<Failure> failure) {
        return hosts.find(launch.host())
                .map(host -> tearDown(realm, launch, incarnation, failure, host))
                .orElseGet(() -> answers.hostGone(realm, launch));
    }

    private Next tearDown(Realm realm, Launch launch, Incarnation incarnation, Optional<Failure> failure, Host host) {
        return switch (agents.tearDown(host.address(), incarnation.agentRealm())) {
            case AgentAnswer.Ok<AgentRealm> _ -> apply(realm, (current, now) -> ended(current, launch, failure, now));
            case AgentAnswer.Refused<AgentRealm>(var problem)
            when problem.is(UNKNOWN_REALM) -> apply(realm, (current, now) -> ended(current, launch, failure, now));
            case AgentAnswer.Refused<AgentRealm>(var problem) ->
                answers.noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail());
            case AgentAnswer.NoAnswer<AgentRealm>(var reason, var message) ->
                answers.noAnswer(realm, reason.name(), message);
        };
    }

    private static Realm ended(Realm current, Launch launch, Optional<Failure> failure, Instant now) {
        if (failure.isEmpty() && current.makesWay()) {
            return current.restarted(now);
        }
        Optional<Incarnation> incarnation = current.state().lastIncarnation();
        return failure.or(() -> hostFailure(incarnation))
                .map(found -> current.failed(launch, incarnation, found, now))
                .orElseGet(() -> current.stopped(now));
    }

    private static Optional<Failure> hostFailure(Optional<Incarnation> incarnation) {
        return incarnation.map(Incarnation::outcome).orElse(null) instanceof Outcome.HostFailed(var refusal)
                ? Optional.of(Failure.whileRunning(refusal))
                : Optional.empty();
    }

    /** Applies if nothing else happened to the realm meanwhile; its host may have booted anew. */
    private Next apply(Realm realm, Change change) {
        return Next.after(records.change(
                realm,
                (current, now) -> current.state().equals(realm.state())
                        ? change.apply(current, now).withHostReachable(now)
                        : current));
    }
}
