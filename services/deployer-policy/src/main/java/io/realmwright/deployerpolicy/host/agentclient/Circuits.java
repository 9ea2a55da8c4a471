package io.realmwright.deployerpolicy.host.agentclient;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A circuit for each machine of each agent. After a few calls in a row without an answer the others are not made, so that
 * nobody waits for a host that is away. The poll is always made, and one good answer closes the circuit.
 */
final class Circuits {
    private static final int CALLS_SEEN = 5;
    private static final float ALL_FAILED_PERCENT = 100;

    /** Should the poll find no answer either, one call in this time is let through. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(CALLS_SEEN)
            .minimumNumberOfCalls(CALLS_SEEN)
            .failureRateThreshold(ALL_FAILED_PERCENT)
            .waitDurationInOpenState(PROBE_INTERVAL)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build());

    Circuits() {
        for (var state :
                List.of(CircuitBreaker.State.CLOSED, CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN)) {
            Gauge.builder("realmwright.agent.circuits", registry, all -> count(all, state))
                    .description("Circuits to machines of agents, by state.")
                    .tag("state", state.name())
                    .register(Metrics.globalRegistry);
        }
    }

    private static long count(CircuitBreakerRegistry registry, CircuitBreaker.State state) {
        return registry.getAllCircuitBreakers().stream()
                .filter(circuit -> circuit.getState() == state)
                .count();
    }

    /** Makes the call unless the circuit is open. */
    <T> AgentAnswer<T> call(Host.Address host, Supplier<AgentAnswer<T>> call) {
        CircuitBreaker circuit = circuit(host);
        if (!circuit.tryAcquirePermission()) {
            return new AgentAnswer.NoAnswer<>(
                    Host.Reason.UNREACHABLE, "The agent did not answer lately and is given a rest.");
        }
        long start = circuit.getCurrentTimestamp();
        try {
            AgentAnswer<T> answer = call.get();
            note(circuit, circuit.getCurrentTimestamp() - start, answer);
            return answer;
        } catch (RuntimeException e) {
            circuit.releasePermission(); // a mistake of ours says nothing about the agent
            throw e;
        }
    }

    /** Makes the call in any case. */
    <T> AgentAnswer<T> probe(Host.Address host, Supplier<AgentAnswer<T>> call) {
        AgentAnswer<T> answer = call.get();
        if (!(answer instanceof AgentAnswer.NoAnswer) && circuit(host).getState() != CircuitBreaker.State.CLOSED) {
            circuit(host).transitionToClosedState();
        }
        return answer;
    }

    private CircuitBreaker circuit(Host.Address host) {
        return registry.circuitBreaker(host.agentUrl() + " " + host.machine());
    }

    /** A refusal is an answer: the agent is there. */
    private static void note(CircuitBreaker circuit, long duration, AgentAnswer<?> answer) {
        TimeUnit unit = circuit.getTimestampUnit();
        switch (answer) {
            case AgentAnswer.Ok<?> _, AgentAnswer.Refused<?> _ -> circuit.onSuccess(duration, unit);
            case AgentAnswer.NoAnswer<?>(var reason, var message) ->
                circuit.onError(duration, unit, new IllegalStateException(reason + ": " + message));
        }
    }
}
