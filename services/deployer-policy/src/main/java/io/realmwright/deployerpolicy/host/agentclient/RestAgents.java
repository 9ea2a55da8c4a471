package io.realmwright.deployerpolicy.host.agentclient;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.json.InvalidDocument;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.memory.MemoryRun;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/** Agents over REST. Whatever goes wrong on the way becomes an answer; nothing is thrown. */
final class RestAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(RestAgents.class);

    /** Whom the call that is being made goes to: the token in it is for that agent alone. */
    static final ScopedValue<Host.Address> CALLED = ScopedValue.newInstance();

    private final AgentApi quick;
    private final AgentApi patient;
    private final Circuits circuits = new Circuits();

    /**
     * @param quick for calls that an agent answers from what it knows
     * @param patient for calls in which a machine works
     */
    RestAgents(AgentApi quick, AgentApi patient) {
        this.quick = quick;
        this.patient = patient;
    }

    @Override
    public AgentAnswer<MachineReport> machine(Host.Address host) {
        return circuits.probe(
                host,
                () -> exchange(
                        "machine",
                        host,
                        agent -> quick.machine(agent, host.machine()).read()));
    }

    @Override
    public AgentAnswer<Boolean> hasImage(Host.Address host, String sha256) {
        AgentAnswer<Boolean> answer = ask("hasImage", host, agent -> {
            quick.headImage(agent, sha256);
            return true;
        });
        boolean isMissing = answer instanceof AgentAnswer.Refused<Boolean>(AgentProblem problem)
                && problem.status() == HttpStatus.NOT_FOUND.value();
        return isMissing ? new AgentAnswer.Ok<>(false) : answer;
    }

    @Override
    public AgentAnswer<Boolean> pushImage(Host.Address host, String sha256, byte[] content) {
        return ask(
                "pushImage",
                host,
                agent -> patient.putImage(agent, sha256, content).getStatusCode() == HttpStatus.CREATED);
    }

    @Override
    public AgentAnswer<AgentRealm> launch(Host.Address host, LaunchRequest request) {
        var launch = new AgentDocuments.Launch(
                request.launchId(),
                request.name(),
                RealmSpecDocument.of(request.spec()),
                LaunchPlanDocument.of(request.plan()),
                request.grant());
        return ask(
                "launch",
                host,
                agent -> patient.launch(agent, host.machine(), launch).read());
    }

    @Override
    public AgentAnswer<AgentRealm> run(Host.Address host, UUID realm) {
        return ask(
                "run", host, agent -> patient.run(agent, host.machine(), realm).read());
    }

    @Override
    public AgentAnswer<UUID> revoke(Host.Address host, UUID launchId) {
        return ask(
                "revoke",
                host,
                agent -> patient.revoke(agent, host.machine(), launchId).read());
    }

    @Override
    public AgentAnswer<AgentRealm> realm(Host.Address host, UUID realm) {
        return ask(
                "realm",
                host,
                agent -> quick.realm(agent, host.machine(), realm).read());
    }

    @Override
    public AgentAnswer<AgentRealm> tearDown(Host.Address host, UUID realm) {
        return ask(
                "tearDown",
                host,
                agent -> patient.tearDown(agent, host.machine(), realm).read());
    }

    @Override
    public AgentAnswer<List<MemoryRun>> memory(Host.Address host, UUID realm) {
        return ask(
                "memory",
                host,
                agent -> quick.memory(agent, host.machine(), realm).read());
    }

    @Override
    public AgentAnswer<Measurements> measurements(Host.Address host, UUID realm) {
        return ask(
                "measurements",
                host,
                agent -> quick.measurements(agent, host.machine(), realm).read());
    }

    @Override
    public AgentAnswer<byte[]> token(Host.Address host, UUID realm, String challenge) {
        return ask(
                "token",
                host,
                agent -> patient.token(agent, host.machine(), realm, new AgentDocuments.Challenge(challenge))
                        .read());
    }

    @Override
    public AgentAnswer<TracePage> trace(Host.Address host, UUID realm, long offset, int limit) {
        return ask("trace", host, agent -> {
            ResponseEntity<String> page = quick.trace(agent, host.machine(), realm, offset, limit);
            String lines = page.getBody() == null ? "" : page.getBody();
            String next = page.getHeaders().getFirst("X-Next-Offset");
            return new TracePage(lines, next == null ? "" : next);
        });
    }

    @Override
    public AgentAnswer<byte[]> trace(Host.Address host, UUID realm) {
        return ask("trace", host, agent -> patient.traceFile(agent, host.machine(), realm));
    }

    private <T> AgentAnswer<T> ask(String operation, Host.Address host, Function<UriBuilderFactory, T> call) {
        return circuits.call(host, () -> exchange(operation, host, call));
    }

    /** Makes the call and times it. */
    private static <T> AgentAnswer<T> exchange(
            String operation, Host.Address host, Function<UriBuilderFactory, T> call) {
        Timer.Sample sample = Timer.start(Metrics.globalRegistry);
        AgentAnswer<T> answer = exchange(host, call);
        String outcome = switch (answer) {
            case AgentAnswer.Ok<T> _ -> "OK";
            case AgentAnswer.Refused<T> _ -> "REFUSED";
            case AgentAnswer.NoAnswer<T>(var reason, var _) -> reason.name();
        };
        sample.stop(Metrics.timer("realmwright.agent.call", "operation", operation, "outcome", outcome));
        return answer;
    }

    private static <T> AgentAnswer<T> exchange(Host.Address host, Function<UriBuilderFactory, T> call) {
        try {
            var agent = new DefaultUriBuilderFactory(host.agentUrl().toString());
            return new AgentAnswer.Ok<>(ScopedValue.where(CALLED, host).call(() -> call.apply(agent)));
        } catch (RestClientResponseException e) {
            return new AgentAnswer.Refused<>(problem(e));
        } catch (ResourceAccessException e) {
            boolean timedOut = e.getCause() instanceof HttpTimeoutException;
            return timedOut
                    ? new AgentAnswer.NoAnswer<>(Host.Reason.TIMED_OUT, "The agent did not answer in time.")
                    : new AgentAnswer.NoAnswer<>(Host.Reason.UNREACHABLE, "The agent cannot be reached.");
        } catch (AgentDocuments.UnknownProfile e) {
            return new AgentAnswer.NoAnswer<>(Host.Reason.UNKNOWN_PROFILE, String.valueOf(e.getMessage()));
        } catch (RestClientException | InvalidDocument e) {
            if (e instanceof RestClientException broken && broken.contains(IOException.class)) {
                return new AgentAnswer.NoAnswer<>(
                        Host.Reason.UNREACHABLE, "The agent's answer broke off, or did not end in time.");
            }
            LOG.warn("An agent answered something that its contract does not allow. agent={}", host.agentUrl(), e);
            return new AgentAnswer.NoAnswer<>(
                    Host.Reason.BAD_ANSWER, "The agent answered something that its contract does not allow.");
        }
    }

    private static AgentProblem problem(RestClientResponseException e) {
        int status = e.getStatusCode().value();
        try {
            AgentDocuments.Problem problem = e.getResponseBodyAs(AgentDocuments.Problem.class);
            if (problem != null) {
                return problem.read(status);
            }
        } catch (RestClientException unreadable) {
            // Some proxy's page in place of a problem: the status is all that there is to tell.
        }
        return new AgentProblem(status, "about:blank", "HTTP " + status, null, null, List.of(), null);
    }
}
