package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.placement.HostRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** What an agent's answer to a launch means for the realm. */
@Component
class LaunchAnswers {
    private static final int SERVER_ERROR = 500;

    private final Agents agents;
    private final RealmRecords records;
    private final RealmProperties properties;

    LaunchAnswers(Agents agents, RealmRecords records, RealmProperties properties) {
        this.agents = agents;
        this.records = records;
        this.properties = properties;
    }

    Next answered(Realm realm, Launch launch, Host host, AgentRealm answer) {
        return switch (answer.state()) {
            case LAUNCHING -> later();
            case ACTIVE, RUNNING -> launched(realm, launch, host, answer);
            case STOPPED -> apply(realm, launch, (current, now) -> current.stopped(now));
            case LOST -> apply(realm, launch, (current, now) -> current.lost(launch, now));
            case FAILED ->
                apply(realm, launch, (current, now) -> current.failed(launch, Optional.empty(), failure(answer), now));
        };
    }

    private static Failure failure(AgentRealm answer) {
        AgentProblem problem = answer.failure();
        return problem == null
                ? new Failure("LAUNCH_FAILED", "The host's agent records that the launch failed.", null, null)
                : Failure.of(problem);
    }

    private Next launched(Realm realm, Launch launch, Host host, AgentRealm answer) {
        Optional<Realm> recorded = records.change(
                realm.id(),
                (current, now) -> isLaunching(current, launch)
                        ? current.launched(launch, answer, now).withHostReachable(now)
                        : current);
        boolean isOurs = recorded.flatMap(current -> current.state().lastIncarnation())
                .filter(incarnation -> incarnation.agentRealm().equals(answer.id()))
                .isPresent();
        if (!isOurs) {
            // The realm was given up meanwhile, because its host booted anew: nobody waits for what came up now.
            agents.tearDown(host.address(), answer.id());
        }
        return new Next.Again();
    }

    Next refused(Realm realm, Launch launch, Host host, AgentProblem problem) {
        if (problem.is("launch-id-used") && problem.realm() != null) {
            return switch (agents.realm(host.address(), problem.realm())) {
                case AgentAnswer.Ok<AgentRealm>(var answer) -> answered(realm, launch, host, answer);
                case AgentAnswer.Refused<AgentRealm>(var other) -> noAnswer(realm, "REFUSED", other.detail());
                case AgentAnswer.NoAnswer<AgentRealm>(var reason, var message) ->
                    noAnswer(realm, reason.name(), message);
            };
        }
        if (problem.is("out-of-granules")) {
            apply(realm, launch, (current, now) -> outOfGranules(current, launch, problem, now));
            return later();
        }
        if (isCuredByAnotherGrant(problem) || problem.is("unknown-image")) {
            apply(realm, launch, (current, now) -> current.withoutPlace(launch.decisionId(), now));
            return later();
        }
        boolean nobodyKnows =
                problem.status() >= SERVER_ERROR || problem.status() == 404 || problem.is("launch-id-used");
        return nobodyKnows
                ? noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail())
                : apply(
                        realm,
                        launch,
                        (current, now) -> current.failed(launch, Optional.empty(), Failure.of(problem), now));
    }

    private static boolean isCuredByAnotherGrant(AgentProblem problem) {
        return problem.is("grant-refused") && problem.reasons().stream().anyMatch(reason -> reason.contains("EXPIRED"));
    }

    private static Realm outOfGranules(Realm current, Launch launch, AgentProblem problem, Instant now) {
        var refusal = new HostRefusal(launch.host(), List.of("OUT_OF_GRANULES"), problem.detail());
        return current.unplaceable(launch.decisionId(), List.of(refusal), now);
    }

    Next imageRefused(Realm realm, RealmState.Placed placed, AgentProblem problem) {
        if (problem.status() >= SERVER_ERROR) {
            return noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail());
        }
        var refusal = new HostRefusal(
                placed.host(), List.of("IMAGE_REFUSED"), "The agent refuses an image: " + problem.detail());
        records.change(
                realm.id(),
                (current, now) -> current.state().equals(placed)
                        ? current.unplaceable(placed.decisionId(), List.of(refusal), now)
                        : current);
        return new Next.Later(properties.reviewInterval());
    }

    /** Nobody knows what the agent did: keep the state, say so, and ask again. */
    Next noAnswer(Realm realm, String reason, String message) {
        records.change(
                realm.id(),
                (current, now) -> current.state().equals(realm.state())
                        ? current.withHostUnreachable(reason, message, now)
                        : current);
        return later();
    }

    /** The host was removed just when the realm went there: nobody can be asked any more. */
    Next hostGone(Realm realm, Launch launch) {
        records.change(
                realm.id(),
                (current, now) -> current.state().equals(realm.state()) ? current.lost(launch, now) : current);
        return new Next.Again();
    }

    private Next apply(Realm realm, Launch launch, BiFunction<Realm, Instant, Realm> change) {
        records.change(
                realm.id(),
                (current, now) -> isLaunching(current, launch)
                        ? change.apply(current, now).withHostReachable(now)
                        : current);
        return new Next.Again();
    }

    private static boolean isLaunching(Realm current, Launch launch) {
        return current.state() instanceof RealmState.Launching(var intended)
                && intended.id().equals(launch.id());
    }

    private Next later() {
        return new Next.Later(properties.retryInterval());
    }
}
