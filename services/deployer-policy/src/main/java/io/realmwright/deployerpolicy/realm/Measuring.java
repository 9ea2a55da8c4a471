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
    private static final int LINES_AT_ONCE = 10_000;
    private static final int PAGES_MAX = 40;
    private static final String LAST_MEASURED = "RMI_REALM_ACTIVATE";

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
        var trace = new StringBuilder();
        long offset = 0;
        for (int page = 0; page < PAGES_MAX; page++) {
            switch (agents.trace(host, agentRealm, offset, LINES_AT_ONCE)) {
                case AgentAnswer.Ok<Agents.TracePage>(var read) -> {
                    trace.append(read.lines());
                    if (read.nextOffset().isEmpty() || read.lines().contains(LAST_MEASURED)) {
                        return new AgentAnswer.Ok<>(Ladder.replayed(launchOnly(trace), rim));
                    }
                    offset += LINES_AT_ONCE;
                }
                case AgentAnswer.Refused<Agents.TracePage>(var problem) -> {
                    return new AgentAnswer.Refused<>(problem);
                }
                case AgentAnswer.NoAnswer<Agents.TracePage>(var reason, var message) -> {
                    return new AgentAnswer.NoAnswer<>(reason, message);
                }
            }
        }
        return new AgentAnswer.Ok<>(Ladder.replayed(trace.toString(), rim));
    }

    /** What comes after activation leaves the RIM as it is. */
    private static String launchOnly(StringBuilder trace) {
        int activation = trace.indexOf(LAST_MEASURED);
        int end = activation < 0 ? -1 : trace.indexOf("\n", activation);
        return end < 0 ? trace.toString() : trace.substring(0, end);
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
