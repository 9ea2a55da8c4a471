package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.host.MemoryRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The way to the agents. A request can get lost, or arrive long after its sender has stopped waiting; an answer can get
 * lost; an agent can be away or stand still.
 */
final class SimulatedNetwork implements Agents {
    private static final Duration TRANSIT_MAX = Duration.ofMillis(40);
    private static final Duration TIME_OUT = Duration.ofSeconds(5);
    private static final Duration LATE_MAX = Duration.ofSeconds(40);

    private World world = World.nowhere();

    void belongTo(World newWorld) {
        world = newWorld;
    }

    @Override
    public AgentAnswer<MachineReport> machine(Host.Address host) {
        return call(host, SimulatedAgent::report);
    }

    @Override
    public AgentAnswer<Boolean> hasImage(Host.Address host, String sha256) {
        return call(host, agent -> new AgentAnswer.Ok<>(true));
    }

    @Override
    public AgentAnswer<Boolean> pushImage(Host.Address host, String sha256, byte[] content) {
        return call(host, agent -> new AgentAnswer.Ok<>(false));
    }

    @Override
    public AgentAnswer<AgentRealm> launch(Host.Address host, LaunchRequest request) {
        return call(host, agent -> agent.launch(request));
    }

    @Override
    public AgentAnswer<AgentRealm> run(Host.Address host, UUID realm) {
        return call(host, agent -> agent.run(realm));
    }

    @Override
    public AgentAnswer<UUID> revoke(Host.Address host, UUID launchId) {
        return call(host, agent -> agent.revoke(launchId));
    }

    @Override
    public AgentAnswer<AgentRealm> realm(Host.Address host, UUID realm) {
        return call(host, agent -> agent.realm(realm));
    }

    @Override
    public AgentAnswer<AgentRealm> tearDown(Host.Address host, UUID realm) {
        return call(host, agent -> agent.tearDown(realm));
    }

    @Override
    public AgentAnswer<List<MemoryRun>> memory(Host.Address host, UUID realm) {
        throw new UnsupportedOperationException("nobody looks at memory here");
    }

    @Override
    public AgentAnswer<Measurements> measurements(Host.Address host, UUID realm) {
        throw new UnsupportedOperationException("nobody looks at measurements here");
    }

    @Override
    public AgentAnswer<TracePage> trace(Host.Address host, UUID realm, long offset, int limit) {
        throw new UnsupportedOperationException("nobody looks at traces here");
    }

    @Override
    public AgentAnswer<byte[]> trace(Host.Address host, UUID realm) {
        throw new UnsupportedOperationException("nobody looks at traces here");
    }

    private <T> AgentAnswer<T> call(Host.Address host, Function<SimulatedAgent, AgentAnswer<T>> request) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("a transaction spans a call to an agent");
        }
        Stage stage = world.stage;
        World.Machine machine = world.machine(host.machine());
        if (world.faults.happens(Faults.Kind.REQUEST_LATE, world.random)) {
            var unheard = new AtomicReference<AgentAnswer<T>>();
            Duration late = Duration.ofNanos(world.random.nextLong(LATE_MAX.toNanos()));
            stage.begin(machine.process(), late, () -> unheard.set(request.apply(machine.agent())));
            return timeOut(stage);
        }
        if (world.faults.happens(Faults.Kind.REQUEST_LOST, world.random)) {
            return timeOut(stage);
        }
        stage.pauseUpTo(TRANSIT_MAX);
        if (!machine.process().isAlive()) {
            return new AgentAnswer.NoAnswer<>(Host.Reason.UNREACHABLE, "The simulated agent is away.");
        }
        var answer = new AtomicReference<AgentAnswer<T>>();
        stage.begin(machine.process(), Duration.ZERO, () -> answer.set(request.apply(machine.agent())));
        stage.pauseUpTo(TRANSIT_MAX);
        if (answer.get() == null || world.faults.happens(Faults.Kind.ANSWER_LOST, world.random)) {
            return timeOut(stage);
        }
        return answer.get();
    }

    private static <T> AgentAnswer<T> timeOut(Stage stage) {
        stage.pause(TIME_OUT);
        return new AgentAnswer.NoAnswer<>(Host.Reason.TIMED_OUT, "The simulated agent did not answer in time.");
    }
}
