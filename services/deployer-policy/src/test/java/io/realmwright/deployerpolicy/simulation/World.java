package io.realmwright.deployerpolicy.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Everything around the service in one run: time, database, machines and what goes wrong, all drawn from one seed. */
final class World {
    private static final Duration GRANT_LIFE = Duration.ofMinutes(10);

    final RandomGenerator random;
    final Stage stage;
    final Faults faults;
    final Map<String, Machine> machines = new TreeMap<>();
    private final Map<String, Instant> grants = new TreeMap<>();
    private Instant databaseAwayUntil = Instant.MIN;

    /** What the database holds; replaced when a transaction is rolled back. */
    Tables tables = new Tables();

    World(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.stage = new Stage(random);
        this.faults = Faults.drawn(random);
    }

    /** For what is set up before there is a world. */
    static World nowhere() {
        return new World(0);
    }

    /** A machine and the process of its agent, which can be replaced. */
    static final class Machine {
        private final SimulatedAgent agent;
        private Stage.Node process;

        Machine(SimulatedAgent agent, Stage.Node process) {
            this.agent = agent;
            this.process = process;
        }

        SimulatedAgent agent() {
            return agent;
        }

        Stage.Node process() {
            return process;
        }

        /** The agent's process ends: a power loss of its machine. */
        void powerOff(Stage stage) {
            stage.kill(process);
        }

        void powerOn(String name) {
            process = new Stage.Node(name);
            agent.reboot();
        }
    }

    Machine machine(String name) {
        return Objects.requireNonNull(machines.get(name), name);
    }

    UUID newId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Signs a grant, in a way that only this world can read. */
    String sign(UUID grant) {
        String compact = "grant-" + grant;
        grants.put(compact, stage.instant().plus(GRANT_LIFE));
        return compact;
    }

    Instant grantExpiry(String compact) {
        return grants.getOrDefault(compact, Instant.MIN);
    }

    void databaseGoesAway(Duration duration) {
        databaseAwayUntil = stage.instant().plus(duration);
    }

    boolean databaseIsAway() {
        return stage.instant().isBefore(databaseAwayUntil);
    }
}
