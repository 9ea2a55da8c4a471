package io.realmwright.chaos;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.ServiceProcess;
import io.realmwright.processes.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes one fault at a time, and ends it. */
final class Trouble {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Subjects subjects;
    private final RandomGenerator random;

    Trouble(Subjects subjects, RandomGenerator random) {
        this.subjects = subjects;
        this.random = random;
    }

    /** What can be done to the subjects. */
    enum Kind {
        KILL_POLICY,
        KILL_AGENT,
        CRASH_POSTGRES,
        FREEZE_POLICY,
        FREEZE_AGENT,
        SLOW_AGENT_LINK,
        CUT_AGENT_LINK,
        SWALLOWING_AGENT_LINK,
        SLOW_DATABASE_LINK,
        CUT_DATABASE_LINK,
        POWER_LOSS,
        REFUSED_CALL,
        FAILED_UNDELEGATE,
        REBOOT,
        DRAIN
    }

    /** Makes a fault of this kind, lets it last for a while, and ends it. */
    void make(Kind kind) {
        switch (kind) {
            case KILL_POLICY -> kill(any(subjects.policies()));
            case KILL_AGENT -> kill(any(subjects.agents()));
            case CRASH_POSTGRES -> {
                subjects.cluster().database().crash();
                last();
                subjects.cluster().database().restart();
            }
            case FREEZE_POLICY -> freeze(any(subjects.policies()));
            case FREEZE_AGENT -> freeze(any(subjects.agents()));
            case SLOW_AGENT_LINK ->
                disturb(
                        any(subjects.agentLinks()),
                        new Link.Weather.Slow(anyDuration().dividedBy(10)));
            case CUT_AGENT_LINK -> disturb(any(subjects.agentLinks()), new Link.Weather.Cut());
            case SWALLOWING_AGENT_LINK -> disturb(any(subjects.agentLinks()), new Link.Weather.Swallowing());
            case SLOW_DATABASE_LINK ->
                disturb(
                        any(subjects.databaseLinks()),
                        new Link.Weather.Slow(anyDuration().dividedBy(20)));
            case CUT_DATABASE_LINK -> disturb(any(subjects.databaseLinks()), new Link.Weather.Cut());
            case POWER_LOSS -> plan("RMI_REC_ENTER", Map.of("kind", "POWER_LOSS"));
            case REFUSED_CALL ->
                plan("RMI_REALM_ACTIVATE", Map.of("kind", "REFUSE", "status", "RMI_ERROR_REALM", "index", 0));
            case FAILED_UNDELEGATE ->
                plan("RMI_GRANULE_RANGE_UNDELEGATE", Map.of("kind", "REFUSE", "status", "RMI_ERROR_INPUT", "index", 0));
            case REBOOT -> {
                Subjects.Machine machine = any(subjects.machines());
                attempt(() -> machine.api().post("/v1/machines/" + machine.name() + "/reboot", Map.of()));
            }
            case DRAIN -> drain(any(subjects.machines()).name());
        }
    }

    private void kill(ServiceProcess service) {
        service.kill();
        last();
        service.restart();
        service.awaitHealthy();
    }

    private void freeze(ServiceProcess service) {
        Signals.send("STOP", service.pid());
        last();
        Signals.send("CONT", service.pid());
    }

    private void disturb(Link link, Link.Weather weather) {
        link.become(weather);
        last();
        link.become(new Link.Weather.Fair());
    }

    /** A fault of the machine at one of the next calls of a kind. The plan goes with the next boot. */
    private void plan(String command, Map<String, ?> action) {
        Subjects.Machine machine = any(subjects.machines());
        var fault = Map.of("command", command, "nth", 1 + random.nextInt(5), "action", action);
        attempt(() ->
                machine.api().put("/v1/machines/" + machine.name() + "/faults", Map.of("faults", List.of(fault))));
    }

    private void drain(String host) {
        Api api = subjects.policyApi(1);
        attempt(() -> api.post("/v1/hosts/" + host + "/drain", Map.of()));
        last();
        attempt(() -> api.post("/v1/hosts/" + host + "/uncordon", Map.of()));
    }

    /** Two faults may meet: then this one is over before it began. */
    private static void attempt(Runnable deed) {
        try {
            deed.run();
        } catch (LocalRunException e) {
            // the service is away because of another fault
        }
    }

    private void last() {
        Api.pause(anyDuration());
    }

    private Duration anyDuration() {
        return Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis()));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
