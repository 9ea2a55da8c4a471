package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.placement.HostRefusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What an agent's answer to a launch means for the realm. */
@Component
class LaunchAnswers {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    /** Reasons of the agent that have to do with time: the next grant finds another one. */
    private static final Set<String> CURED_BY_ANOTHER_GRANT =
            Set.of("EXPIRED", "NOT_YET_VALID", "KEY_NOT_VALID", "KEYS_UNREADABLE");

    private final Agents agents;
    private final RealmRecords records;
    private final ImagePush images;
    private final RealmProperties properties;

    LaunchAnswers(Agents agents, RealmRecords records, ImagePush images, RealmProperties properties) {
        this.agents = agents;
        this.images = images;
        this.records = records;
        this.properties = properties;
    }

    Next answered(Realm realm, Launch launch, Host host, AgentRealm answer) {
        return switch (answer.state()) {
            case LAUNCHING -> new Next.Retry();
            case ACTIVE, RUNNING -> launched(realm, launch, host, answer);
            case STOPPED -> ended(realm, launch);
            case LOST -> apply(realm, launch, (current, now) -> current.lost(launch, LossReason.HOST_REBOOTED, now));
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
                realm,
                (current, now) -> isLaunching(current, launch)
                        ? current.launched(launch, answer, now).withHostReachable(now)
                        : current,
                Running::started);
        boolean isOurs = recorded.flatMap(current -> current.state().lastIncarnation())
                .filter(incarnation -> incarnation.agentRealm().equals(answer.id()))
                .isPresent();
        if (!isOurs) {
            // The realm was given up meanwhile: nobody waits for what came up now.
            records.revoke(launch.id(), host);
        }
        return Next.after(recorded);
    }

    /** Nothing of the launch is on its host, and never will be. */
    Next ended(Realm realm, Launch launch) {
        return apply(
                realm, launch, (current, now) -> current.makesWay() ? current.restarted(now) : current.stopped(now));
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
            return notTaken(realm, launch, "OUT_OF_GRANULES", problem);
        }
        if (problem.is("out-of-vmids")) {
            return notTaken(realm, launch, "OUT_OF_VMIDS", problem);
        }
        if (problem.is("unknown-image")) {
            images.forget(host);
            return notTaken(realm, launch, "IMAGE_REFUSED", problem);
        }
        if (isCuredByAnotherGrant(problem)) {
            return notTaken(realm, launch, "GRANT_REFUSED", problem);
        }
        boolean nobodyKnows =
                problem.status() >= SERVER_ERROR || problem.status() == NOT_FOUND || problem.is("launch-id-used");
        return nobodyKnows
                ? noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail())
                : apply(
                        realm,
                        launch,
                        (current, now) -> current.failed(launch, Optional.empty(), Failure.of(problem), now));
    }

    private static boolean isCuredByAnotherGrant(AgentProblem problem) {
        return problem.is("grant-refused") && problem.reasons().stream().anyMatch(CURED_BY_ANOTHER_GRANT::contains);
    }

    /**
     * The host keeps nothing of this launch; another one, perhaps there, may do. An earlier request for it may still be on
     * its way, so the launch is revoked.
     */
    private Next notTaken(Realm realm, Launch launch, String reason, AgentProblem problem) {
        var refusal = new HostRefusal(launch.host(), List.of(reason), problem.detail());
        records.giveUp(
                realm,
                launch,
                (current, now) -> isLaunching(current, launch)
                        ? current.unplaceable(launch.decisionId(), List.of(refusal), now)
                                .withHostReachable(now)
                        : current);
        return new Next.Retry();
    }

    Next imageRefused(Realm realm, RealmState.Placed placed, AgentProblem problem) {
        if (problem.status() >= SERVER_ERROR) {
            return noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail());
        }
        unplace(realm, placed, "IMAGE_REFUSED", "The agent refuses an image: " + problem.detail());
        return new Next.Later(properties.reviewInterval());
    }

    Next placeGone(Realm realm, RealmState.Placed placed) {
        return Next.after(
                unplace(realm, placed, "HOST_NOT_READY", "The host takes no realms any more, or does not answer."));
    }

    private Optional<Realm> unplace(Realm realm, RealmState.Placed placed, String reason, String message) {
        var refusal = new HostRefusal(placed.host(), List.of(reason), message);
        return records.change(
                realm,
                (current, now) -> current.state().equals(placed)
                        ? current.unplaceable(placed.decisionId(), List.of(refusal), now)
                        : current);
    }

    /** Nobody knows what the agent did: keep the state, say so, and ask again. */
    Next noAnswer(Realm realm, String reason, String message) {
        records.change(
                realm,
                (current, now) -> current.state().equals(realm.state())
                        ? current.withHostUnreachable(reason, message, now)
                        : current);
        return new Next.Retry();
    }

    /** The host was removed just when the realm went there: nobody can be asked any more. */
    Next hostGone(Realm realm, Launch launch) {
        return Next.after(records.change(
                realm,
                (current, now) -> current.state().equals(realm.state())
                        ? current.lost(launch, LossReason.HOST_REMOVED, now)
                        : current));
    }

    private Next apply(Realm realm, Launch launch, Change change) {
        return Next.after(records.change(
                realm,
                (current, now) -> isLaunching(current, launch)
                        ? change.apply(current, now).withHostReachable(now)
                        : current));
    }

    private static boolean isLaunching(Realm current, Launch launch) {
        return current.state() instanceof RealmState.Launching(var intended)
                && intended.id().equals(launch.id());
    }
}
