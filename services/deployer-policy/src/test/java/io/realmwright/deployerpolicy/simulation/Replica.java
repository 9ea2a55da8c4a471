package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.realm.RealmWorker;
import io.realmwright.deployerpolicy.realm.Revoking;
import io.realmwright.deployerpolicy.simulation.Tables.TaskKey;
import io.realmwright.deployerpolicy.simulation.Tables.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A replica of the service: polls hosts, and picks due tasks as db-scheduler does. It keeps a heartbeat for what it works
 * on, and takes over what others have stopped keeping one for.
 */
final class Replica {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration PICK_INTERVAL = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(4);
    private static final int AT_ONCE = 8;

    private final World world;
    private final Service service;
    private final Stage.Node process;
    private final TransactionTemplate transactions;
    private final Map<TaskKey, Long> working = new HashMap<>();

    Replica(World world, Service service, String name) {
        this.world = world;
        this.service = service;
        this.process = new Stage.Node(name);
        this.transactions = new TransactionTemplate(service.database());
    }

    /** The parts of the real service that a replica drives. */
    record Service(SimulatedDatabase database, Hosts hosts, Agents agents, RealmWorker worker, Revoking revoking) {}

    Stage.Node process() {
        return process;
    }

    void start() {
        every(POLL_INTERVAL, this::pollHosts);
        every(PICK_INTERVAL, this::pick);
        every(HEARTBEAT, this::beat);
        every(HEARTBEAT.multipliedBy(2), this::takeOver);
    }

    private void every(Duration interval, Runnable deed) {
        world.stage.begin(process, interval, () -> {
            while (true) {
                unlessTheDatabaseIsAway(deed);
                world.stage.pause(interval);
            }
        });
    }

    private static void unlessTheDatabaseIsAway(Runnable deed) {
        try {
            deed.run();
        } catch (DataAccessException | TransactionException e) {
            // tried again in the next round
        }
    }

    private void pollHosts() {
        for (Host host : service.hosts().all()) {
            world.stage.begin(
                    process,
                    Duration.ZERO,
                    () -> unlessTheDatabaseIsAway(
                            () -> service.hosts().record(host, service.agents().machine(host.address()))));
        }
    }

    private void pick() {
        Map<TaskKey, Long> picked = transactions.execute(status -> {
            var mine = new HashMap<TaskKey, Long>();
            Instant now = world.stage.instant();
            Map<TaskKey, TaskRow> tasks = service.database().tables().tasks;
            for (var task : List.copyOf(tasks.entrySet())) {
                TaskRow row = task.getValue();
                boolean isDue = row.pickedBy() == null && !row.due().isAfter(now);
                if (isDue && working.size() + mine.size() < AT_ONCE) {
                    long version = row.version() + 1;
                    tasks.put(task.getKey(), new TaskRow(row.due(), process.name, now, row.failures(), version));
                    mine.put(task.getKey(), version);
                }
            }
            return mine;
        });
        picked.forEach((task, version) -> {
            working.put(task, version);
            world.stage.begin(process, Duration.ZERO, () -> work(task, version));
        });
    }

    private void work(TaskKey task, long version) {
        try {
            if (task.task().equals(SimulatedRealms.RECONCILE)) {
                work(
                        task,
                        version,
                        service.worker()::visit,
                        service.worker()::leave,
                        service.worker()::pauseAfterFailure);
            } else {
                work(
                        task,
                        version,
                        service.revoking()::tell,
                        service.revoking()::leave,
                        service.revoking()::pauseAfterFailure);
            }
        } catch (DataAccessException | TransactionException e) {
            // nothing could be recorded: the heartbeat ends, and the task is taken over
        } finally {
            working.remove(task);
        }
    }

    private <V> void work(
            TaskKey task,
            long version,
            Function<UUID, V> deed,
            Function<V, Optional<Duration>> leave,
            IntFunction<Duration> pauseAfterFailures) {
        V done;
        try {
            done = deed.apply(task.instance());
        } catch (DataAccessException | TransactionException e) {
            finish(task, version, row -> Optional.of(pauseAfterFailures.apply(row.failures() + 1)), 1);
            return;
        }
        finish(task, version, row -> leave.apply(done), 0);
    }

    /** Records when the task is due again, or removes it, unless somebody took it over meanwhile. */
    private void finish(TaskKey task, long version, Function<TaskRow, Optional<Duration>> pause, int failures) {
        transactions.executeWithoutResult(status -> {
            Map<TaskKey, TaskRow> tasks = service.database().tables().tasks;
            TaskRow row = tasks.get(task);
            if (row == null || row.version() != version) {
                return;
            }
            Optional<Duration> next = pause.apply(row);
            Instant now = world.stage.instant();
            if (next.isEmpty()) {
                tasks.remove(task);
            } else {
                int inARow = failures == 0 ? 0 : row.failures() + failures;
                tasks.put(task, new TaskRow(now.plus(next.get()), null, now, inARow, version + 1));
            }
        });
    }

    private void beat() {
        transactions.executeWithoutResult(status -> working.forEach((task, version) -> service.database()
                .tables()
                .tasks
                .computeIfPresent(
                        task,
                        (key, row) -> row.version() == version
                                ? new TaskRow(row.due(), row.pickedBy(), world.stage.instant(), row.failures(), version)
                                : row)));
    }

    private void takeOver() {
        transactions.executeWithoutResult(status -> {
            Instant now = world.stage.instant();
            service.database().tables().tasks.replaceAll((key, row) -> {
                boolean isDead = row.pickedBy() != null
                        && row.heartbeat().plus(DEAD_AFTER).isBefore(now);
                return isDead ? new TaskRow(now, null, now, row.failures(), row.version() + 1) : row;
            });
        });
    }
}
