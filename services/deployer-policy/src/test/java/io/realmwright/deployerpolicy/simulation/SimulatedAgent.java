package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents.LaunchRequest;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.host.MachineReport.Capabilities;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host as its agent's contract describes it: launch ids are honoured once, revoked ones never, a boot ends every realm,
 * and granules go to realms, come back or leak. Each call is one moment of virtual time.
 */
final class SimulatedAgent {
    static final long GRANULES = 4_000;
    static final long VMIDS = 6;
    private static final HostProfile PROFILE = HostProfile.RMM_2_0_KVM_RMI_V14;

    private final World world;
    private final long granulesOfARealm;
    private final Map<UUID, Launched> launches = new LinkedHashMap<>();
    private final Set<UUID> revoked = new HashSet<>();
    private final Map<UUID, Integer> activations = new HashMap<>();
    private UUID bootId;
    private Instant bootedAt;
    private long leaked;

    SimulatedAgent(World world, long granulesOfARealm) {
        this.world = world;
        this.granulesOfARealm = granulesOfARealm;
        this.bootId = world.newId();
        this.bootedAt = world.stage.instant();
    }

    /** What came of a launch. */
    static final class Launched {
        final LaunchRequest request;
        final UUID realm;
        final UUID boot;
        AgentRealm.State state = AgentRealm.State.ACTIVE;

        @Nullable
        Outcome outcome;

        @Nullable
        AgentProblem failure;

        Launched(LaunchRequest request, UUID realm, UUID boot) {
            this.request = request;
            this.realm = realm;
            this.boot = boot;
        }

        boolean isOnTheMachine() {
            return state == AgentRealm.State.ACTIVE || state == AgentRealm.State.RUNNING;
        }

        AgentRealm view() {
            // It tells no RIM: what realms measure is the subject of other tests.
            return new AgentRealm(realm, request.launchId(), boot, state, null, 80, outcome, failure);
        }
    }

    AgentAnswer<MachineReport> report() {
        return new AgentAnswer.Ok<>(new MachineReport(
                PROFILE,
                bootId,
                bootedAt,
                1L << 30,
                List.of(),
                new TreeMap<>(Map.of("NS", freeGranules())),
                freeGranules(),
                leaked,
                OptionalLong.of(VMIDS - realmsOnTheMachine()),
                new Capabilities(List.of("HOST_ALL_MEMSLOTS"), List.of("ACCEPT"), List.of("SHA_256"), false),
                true));
    }

    AgentAnswer<AgentRealm> launch(LaunchRequest request) {
        UUID id = request.launchId();
        if (revoked.contains(id)) {
            return refused(409, "launch-revoked", null);
        }
        Launched known = launches.get(id);
        if (known != null) {
            return known.request.equals(request)
                    ? new AgentAnswer.Ok<>(known.view())
                    : refused(409, "launch-id-used", known.realm);
        }
        if (world.grantExpiry(request.grant()).isBefore(world.stage.instant())) {
            return new AgentAnswer.Refused<>(new AgentProblem(
                    403, "grant-refused", "The grant has expired.", null, null, List.of("EXPIRED"), null));
        }
        var launched = new Launched(request, world.newId(), bootId);
        launches.put(id, launched);
        return carryOut(launched);
    }

    private AgentAnswer<AgentRealm> carryOut(Launched launched) {
        if (world.faults.happens(Faults.Kind.POWER_LOST_IN_LAUNCH, world.random)) {
            launched.state = AgentRealm.State.LOST;
            reboot();
            return refused(503, "machine-lost-power", null);
        }
        boolean isFull = freeGranules() < 0 || realmsOnTheMachine() > VMIDS;
        if (isFull || world.faults.happens(Faults.Kind.LAUNCH_REFUSED, world.random)) {
            launched.state = AgentRealm.State.FAILED;
            launched.failure = problem(409, isFull ? "out-of-granules" : "rmi-refused", launched.realm);
            return new AgentAnswer.Refused<>(launched.failure);
        }
        activations.merge(launched.request.launchId(), 1, Integer::sum);
        return new AgentAnswer.Ok<>(launched.view());
    }

    AgentAnswer<AgentRealm> run(UUID realm) {
        Launched launched = find(realm);
        if (launched == null) {
            return refused(404, "unknown-realm", null);
        }
        if (!launched.isOnTheMachine()) {
            return refused(409, "realm-not-runnable", realm);
        }
        launched.state = AgentRealm.State.RUNNING;
        launched.outcome = new Outcome.Booted();
        return new AgentAnswer.Ok<>(launched.view());
    }

    AgentAnswer<AgentRealm> realm(UUID realm) {
        Launched launched = find(realm);
        return launched == null ? refused(404, "unknown-realm", null) : new AgentAnswer.Ok<>(launched.view());
    }

    AgentAnswer<AgentRealm> tearDown(UUID realm) {
        Launched launched = find(realm);
        if (launched == null) {
            return refused(404, "unknown-realm", null);
        }
        tearDown(launched);
        return new AgentAnswer.Ok<>(launched.view());
    }

    AgentAnswer<UUID> revoke(UUID launch) {
        revoked.add(launch);
        Launched launched = launches.get(launch);
        if (launched != null) {
            tearDown(launched);
        }
        return new AgentAnswer.Ok<>(launch);
    }

    /** A granule that does not come back is lost until the next boot, and nobody tries again. */
    private void tearDown(Launched launched) {
        if (launched.isOnTheMachine()) {
            launched.state = AgentRealm.State.STOPPED;
            leaked += world.faults.happens(Faults.Kind.UNDELEGATE_FAILED, world.random) ? 1 : 0;
        }
    }

    void reboot() {
        bootId = world.newId();
        bootedAt = world.stage.instant();
        leaked = 0;
        launches.values().stream()
                .filter(Launched::isOnTheMachine)
                .forEach(launched -> launched.state = AgentRealm.State.LOST);
    }

    long freeGranules() {
        return GRANULES - leaked - realmsOnTheMachine() * granulesOfARealm;
    }

    long realmsOnTheMachine() {
        return launches.values().stream().filter(Launched::isOnTheMachine).count();
    }

    long leaked() {
        return leaked;
    }

    List<Launched> onTheMachine() {
        return launches.values().stream().filter(Launched::isOnTheMachine).toList();
    }

    Map<UUID, Integer> activations() {
        return activations;
    }

    @Nullable
    Launched launchedBy(UUID launch) {
        return launches.get(launch);
    }

    private @Nullable Launched find(UUID realm) {
        return launches.values().stream()
                .filter(launched -> launched.realm.equals(realm))
                .findFirst()
                .orElse(null);
    }

    private static AgentProblem problem(int status, String slug, @Nullable UUID realm) {
        return new AgentProblem(status, slug, "The simulated agent says " + slug + ".", null, null, List.of(), realm);
    }

    private static <T> AgentAnswer<T> refused(int status, String slug, @Nullable UUID realm) {
        return new AgentAnswer.Refused<>(problem(status, slug, realm));
    }
}
