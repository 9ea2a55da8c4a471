package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.image.GeneratedImage;
import io.realmwright.deployerpolicy.image.RequestedImage;
import io.realmwright.deployerpolicy.image.RequestedSpec;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.quota.Quotas;
import io.realmwright.deployerpolicy.realm.RealmRequest.RestartPolicy;
import io.realmwright.deployerpolicy.realm.Realms;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One run: operators and deployers do what they like for a while in which everything goes wrong that can; then it stops
 * going wrong, and what was promised has to come true.
 */
final class Simulation {
    private static final Duration TROUBLE = Duration.ofSeconds(90);
    private static final Duration PEACE = Duration.ofSeconds(150);
    private static final int REALMS_MAX = 10;

    final World world;
    final Set<String> accepted = new TreeSet<>();
    final Set<String> deleted = new TreeSet<>();
    private final SimulatedService service;
    private final RandomGenerator random;
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private boolean isTrouble = true;

    Simulation(long seed, SimulatedService service, long granulesOfARealm) {
        this.world = new World(seed);
        this.service = service;
        this.random = world.random;
        int machines = 1 + random.nextInt(3);
        for (int i = 0; i < machines; i++) {
            String name = "m" + i;
            var agent = new SimulatedAgent(world, granulesOfARealm);
            world.machines.put(name, new World.Machine(agent, new Stage.Node(name)));
        }
        service.belongTo(world);
    }

    void run() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            startReplica("replica-" + i);
        }
        world.machines.keySet().forEach(name -> asOperator(Duration.ZERO, () -> register(name)));
        for (int i = 0; i < REALMS_MAX; i++) {
            String name = "r" + i;
            asOperator(upTo(TROUBLE), () -> live(name));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            asOperator(upTo(TROUBLE), this::tendToAHost);
            asOperator(upTo(TROUBLE), this::setAQuota);
        }
        asOperator(Duration.ZERO, this::makeTrouble);
        world.stage.runUntil(TROUBLE);
        makePeace();
        world.stage.runUntil(TROUBLE.plus(PEACE));
    }

    void clear() {
        world.stage.clear();
    }

    private void startReplica(String name) {
        var replica = new Replica(world, service.parts(), name + "#" + names.merge(name, 1, Integer::sum));
        replicas.add(replica);
        replica.start();
    }

    private final Stage.Node operators = new Stage.Node("operators");

    /** Somebody who wants something, and tries again if he gets no answer. */
    private void asOperator(Duration after, Runnable deed) {
        world.stage.begin(operators, after, () -> {
            while (true) {
                try {
                    deed.run();
                    return;
                } catch (DataAccessException | TransactionException e) {
                    world.stage.pauseUpTo(Duration.ofSeconds(2));
                }
            }
        });
    }

    private Duration upTo(Duration longest) {
        return Duration.ofNanos(random.nextLong(longest.toNanos()));
    }

    private void register(String name) {
        service.hosts().register(name, new Host.Address(service.urlOf(name), name, name), Labels.NONE, Host.Origin.API);
    }

    /** A realm from its creation through whatever its deployer wants of it. */
    private void live(String name) {
        RestartPolicy restart = random.nextBoolean() ? RestartPolicy.ON_HOST_LOSS : RestartPolicy.NEVER;
        Realms.Creation creation = service.realms().create(order(name, restart), false);
        switch (creation) {
            case Realms.Creation.Created _, Realms.Creation.NameTaken _ -> accepted.add(name);
            case Realms.Creation.Rehearsed _,
                    Realms.Creation.Denied _,
                    Realms.Creation.Invalid _,
                    Realms.Creation.UnknownImages _,
                    Realms.Creation.UnknownPolicy _ ->
                throw new AssertionError("everything is allowed and valid here: " + creation);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int first = random.nextInt(8);
            int second = random.nextInt(8);
            asOperator(upTo(TROUBLE), () -> {
                wish(name, first);
                asOperator(upTo(Duration.ofMillis(200)), () -> wish(name, second)); // he changes his mind
            });
        }
    }

    private void wish(String name, int wish) {
        switch (wish) {
            case 0, 1 -> service.realms().stop(name, OptionalLong.empty());
            case 2, 3, 4 -> service.realms().start(name, OptionalLong.empty());
            case 5, 6 -> service.realms().restart(name, OptionalLong.empty());
            default -> {
                service.realms().delete(name, OptionalLong.empty());
                deleted.add(name);
            }
        }
    }

    private void tendToAHost() {
        String name = "m" + random.nextInt(world.machines.size());
        switch (random.nextInt(6)) {
            case 0 -> service.hosts().schedule(name, Host.Scheduling.CORDONED, OptionalLong.empty());
            case 1, 2 -> service.hosts().schedule(name, Host.Scheduling.DRAINING, OptionalLong.empty());
            case 3, 4 -> service.hosts().schedule(name, Host.Scheduling.OPEN, OptionalLong.empty());
            default -> {
                service.hosts().remove(name, Host.Origin.API, true);
                asOperator(upTo(Duration.ofSeconds(20)), () -> register(name));
            }
        }
    }

    private void setAQuota() {
        if (random.nextBoolean()) {
            var limits = new Quotas.Limits("team", "a", OptionalLong.of(random.nextInt(4)), OptionalLong.empty());
            service.quotas().set("q", limits, OptionalLong.empty());
        } else {
            service.quotas().remove("q", OptionalLong.empty());
        }
    }

    static Realms.Order order(String name, RestartPolicy restart) {
        var spec = new RequestedSpec(
                List.of(new Memslot(IpaRange.of(0x8000_0000L, 0x100_0000L), true)),
                1,
                40,
                HashAlgorithm.SHA_256,
                List.of(new RequestedImage.Generated(new GeneratedImage(1, 0x2000), new Ipa(0x8000_0000L), false)),
                new Guest.Profile(GuestProfile.LINUX_EARLY_RSI));
        var labels = Labels.of(Map.of("team", name.compareTo("r4") < 0 ? "a" : "b"));
        return new Realms.Order(new Deciding.Question(name, spec, labels, Optional.empty(), Labels.NONE), restart);
    }

    private void makeTrouble() {
        while (isTrouble) {
            world.stage.pauseUpTo(Duration.ofSeconds(2));
            if (isTrouble) {
                troubleOnce();
            }
        }
    }

    private void troubleOnce() {
        Replica replica = replicas.get(random.nextInt(replicas.size()));
        String name = "m" + random.nextInt(world.machines.size());
        World.Machine machine = world.machine(name);
        if (happens(Faults.Kind.DATABASE_AWAY)) {
            world.databaseGoesAway(upTo(Duration.ofSeconds(10)));
        }
        if (happens(Faults.Kind.REPLICA_KILLED)) {
            world.stage.kill(replica.process());
            replicas.remove(replica);
            startReplica("replica");
        }
        if (happens(Faults.Kind.REPLICA_FROZEN)) {
            world.stage.freeze(replica.process(), upTo(Duration.ofSeconds(30)));
        }
        if (happens(Faults.Kind.AGENT_FROZEN)) {
            world.stage.freeze(machine.process(), upTo(Duration.ofSeconds(40)));
        }
        if (happens(Faults.Kind.AGENT_RESTARTED)) {
            machine.powerOff(world.stage);
            Duration off = upTo(Duration.ofSeconds(30));
            world.stage.begin(operators, off, () -> machine.powerOn(name));
        }
    }

    private boolean happens(Faults.Kind kind) {
        return world.faults.happens(kind, random);
    }

    /** From now on nothing goes wrong; every host is registered and open, and nothing limits anybody. */
    private void makePeace() {
        isTrouble = false;
        world.faults.end();
        Duration settled = Duration.ofSeconds(45); // the last frozen or delayed one has come round by then
        asOperator(settled, () -> service.quotas().remove("q", OptionalLong.empty()));
        world.machines
                .keySet()
                .forEach(name -> asOperator(settled, () -> {
                    register(name);
                    service.hosts().schedule(name, Host.Scheduling.OPEN, OptionalLong.empty());
                }));
    }
}
