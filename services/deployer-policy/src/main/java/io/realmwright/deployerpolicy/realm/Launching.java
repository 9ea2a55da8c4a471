package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.placement.Placement;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Gets a placed realm launched: images, grant, intent, and the call to the agent. */
@Component
class Launching {
    private final Hosts hosts;
    private final Agents agents;
    private final Grants grants;
    private final DecisionStore decisions;
    private final ImagePush images;
    private final LaunchAnswers answers;
    private final RealmRecords records;
    private final Supplier<UUID> ids;

    Launching(
            Hosts hosts,
            Agents agents,
            Grants grants,
            DecisionStore decisions,
            ImagePush images,
            LaunchAnswers answers,
            RealmRecords records,
            Supplier<UUID> ids) {
        this.hosts = hosts;
        this.agents = agents;
        this.grants = grants;
        this.decisions = decisions;
        this.images = images;
        this.answers = answers;
        this.records = records;
        this.ids = ids;
    }

    /** Brings the images to the host and records the intent to launch. */
    Next prepare(Realm realm, RealmState.Placed placed) {
        Optional<Host> ready = hosts.find(placed.host()).filter(host -> host.state() == Host.State.READY);
        Decision decision = decisions.find(placed.decisionId()).orElseThrow();
        if (ready.isEmpty() || !(decision.on(placed.host()).orElse(null) instanceof HostDecision.Allow allow)) {
            return answers.placeGone(realm, placed);
        }
        return switch (images.push(realm.request().spec(), ready.get())) {
            case AgentAnswer.Ok<Boolean> _ -> intend(realm, decision, allow, ready.get());
            case AgentAnswer.Refused<Boolean>(var problem) -> answers.imageRefused(realm, placed, problem);
            case AgentAnswer.NoAnswer<Boolean>(var reason, var message) ->
                answers.noAnswer(realm, reason.name(), message);
        };
    }

    private Next intend(Realm realm, Decision decision, HostDecision.Allow allow, Host host) {
        return Next.after(records.intend(realm, intent(realm, decision, allow, host)));
    }

    /** The intent to launch a realm where it is about to be placed, if its images are there; empty if they may not be. */
    Optional<Intent> atOnce(Realm realm, Decision decision, Placement placement) {
        return placement instanceof Placement.Placed(var host, var allow, var _)
                        && images.areKnownToBeAt(host, realm.request().spec())
                ? Optional.of(intent(realm, decision, allow, host))
                : Optional.empty();
    }

    private Intent intent(Realm realm, Decision decision, HostDecision.Allow allow, Host host) {
        var order = new Grants.Order(
                realm.request().name(),
                decision.id(),
                ids.get(),
                host.name(),
                host.address().agentName(),
                host.address().machine(),
                realm.request().spec(),
                allow.plan(),
                policyDigest(decision));
        return new Intent(order, host.report().orElseThrow());
    }

    private static String policyDigest(Decision decision) {
        return switch (decision.selection()) {
            case PolicySelection.Selected selected -> selected.digest();
            case PolicySelection.NoneApplies _, PolicySelection.Draft _ ->
                throw new IllegalStateException("some published policy allowed the realm");
        };
    }

    /** Tells the host to launch; says the same again if it was told before. */
    Next launch(Realm realm, Launch launch) {
        return hosts.find(launch.host())
                .map(host -> launch(realm, launch, host))
                .orElseGet(() -> answers.hostGone(realm, launch));
    }

    /** Calls a launch off, whether or not the host has heard of it. */
    Next cancel(Realm realm, Launch launch) {
        return hosts.find(launch.host())
                .map(host -> cancel(realm, launch, host))
                .orElseGet(() -> answers.hostGone(realm, launch));
    }

    private Next cancel(Realm realm, Launch launch, Host host) {
        return switch (agents.revoke(host.address(), launch.id())) {
            case AgentAnswer.Ok<UUID> _ -> answers.ended(realm, launch);
            case AgentAnswer.Refused<UUID>(var problem) ->
                answers.noAnswer(realm, "AGENT_ERROR", "The agent answered: " + problem.detail());
            case AgentAnswer.NoAnswer<UUID>(var reason, var message) -> answers.noAnswer(realm, reason.name(), message);
        };
    }

    private Next launch(Realm realm, Launch launch, Host host) {
        Grant grant = grants.find(launch.grantId()).orElseThrow();
        var request = new Agents.LaunchRequest(
                launch.id(), realm.request().name(), realm.request().spec(), launch.plan(), grant.compact());
        AgentAnswer<AgentRealm> told = LaunchTimer.time(host, launch, () -> agents.launch(host.address(), request));
        return switch (told) {
            case AgentAnswer.Ok<AgentRealm>(var answer) -> answers.answered(realm, launch, host, answer);
            case AgentAnswer.Refused<AgentRealm>(var problem) -> answers.refused(realm, launch, host, problem);
            case AgentAnswer.NoAnswer<AgentRealm>(var reason, var message) ->
                answers.noAnswer(realm, reason.name(), message);
        };
    }
}
