package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.Rehearsal;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.deployerpolicy.measurement.Ladder;
import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;
import io.realmwright.machine.host.Measurements;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Explains realms' measurements: what their hosts say, what follows from their traces, and what was forecast. */
@Service
public class Measuring {
    private final RealmStore realms;
    private final DecisionStore decisions;
    private final Inspecting inspecting;
    private final Rehearsal rehearsal;
    private final Images images;

    Measuring(RealmStore realms, DecisionStore decisions, Inspecting inspecting, Rehearsal rehearsal, Images images) {
        this.realms = realms;
        this.decisions = decisions;
        this.inspecting = inspecting;
        this.rehearsal = rehearsal;
        this.images = images;
    }

    /**
     * A realm's measurements with their steps.
     *
     * @param forecast empty if the launch was not rehearsed
     */
    public record Explained(Measurements measurements, Ladder.Replayed actual, Optional<Ladder> forecast) {}

    public Inspection<Explained> explain(String name) {
        Optional<Ladder> forecast = realms.find(name).flatMap(this::forecast);
        return inspecting.inspect(name, (agents, host, realm) -> switch (agents.measurements(host, realm)) {
            case AgentAnswer.Ok<Measurements>(var measured) ->
                replayed(agents, host, realm, measured.rim()).map(actual -> new Explained(measured, actual, forecast));
            case AgentAnswer.Refused<Measurements>(var problem) -> new AgentAnswer.Refused<>(problem);
            case AgentAnswer.NoAnswer<Measurements>(var reason, var message) ->
                new AgentAnswer.NoAnswer<>(reason, message);
        });
    }

    /** The ladder of a launch by the trace that its agent keeps. */
    AgentAnswer<Ladder.Replayed> replayed(Agents agents, Host.Address host, UUID agentRealm, String rim) {
        return agents.trace(host, agentRealm).map(trace -> Ladder.replayed(trace, rim));
    }

    /** The steps that were to be expected of the realm's last launch. */
    Optional<Ladder> forecast(Realm realm) {
        return realm.state()
                .lastLaunch()
                .flatMap(launch -> decisions
                        .find(launch.decisionId())
                        .flatMap(decision -> allowed(decision, launch.host()))
                        .flatMap(allow -> rehearsal.ladder(
                                realm.request().spec(), allow.plan(), allow.profile(), images.reader())));
    }

    private static Optional<HostDecision.Allow> allowed(Decision decision, String host) {
        return decision.on(host).filter(HostDecision.Allow.class::isInstance).map(HostDecision.Allow.class::cast);
    }
}
