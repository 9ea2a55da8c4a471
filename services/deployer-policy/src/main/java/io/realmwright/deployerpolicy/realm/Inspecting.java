package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Asks the agent of a realm's host what only it knows. */
@Service
public class Inspecting {
    private final RealmStore realms;
    private final Hosts hosts;
    private final Agents agents;

    Inspecting(RealmStore realms, Hosts hosts, Agents agents) {
        this.realms = realms;
        this.hosts = hosts;
        this.agents = agents;
    }

    /** What came of asking. */
    public sealed interface Inspection<T> {
        record Seen<T>(T value) implements Inspection<T> {}

        record UnknownRealm<T>(String name) implements Inspection<T> {}

        /** Nothing of it ever came to life, or not on a host that is still registered. */
        record NotLaunched<T>(Phase phase) implements Inspection<T> {}

        /** The agent would not or could not answer. */
        record NotSeen<T>(AgentAnswer<T> answer) implements Inspection<T> {}
    }

    /** A question to an agent about one of its realms. */
    @FunctionalInterface
    public interface Question<T> {
        AgentAnswer<T> ask(Agents agents, Host.Address host, UUID agentRealm);
    }

    public <T> Inspection<T> inspect(String name, Question<T> question) {
        Optional<Realm> found = realms.find(name);
        if (found.isEmpty()) {
            return new Inspection.UnknownRealm<>(name);
        }
        RealmState state = found.get().state();
        Optional<Host> host = state.lastHost().flatMap(hosts::find);
        Optional<Incarnation> incarnation = state.lastIncarnation();
        if (host.isEmpty() || incarnation.isEmpty()) {
            return new Inspection.NotLaunched<>(found.get().phase());
        }
        AgentAnswer<T> answer =
                question.ask(agents, host.get().address(), incarnation.get().agentRealm());
        return answer instanceof AgentAnswer.Ok<T>(var value)
                ? new Inspection.Seen<>(value)
                : new Inspection.NotSeen<>(answer);
    }
}
