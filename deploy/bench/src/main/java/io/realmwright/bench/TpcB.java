package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * The TPC-B-like transaction that pgbench makes by default, over JDBC: three updates, a select and an insert in one
 * transaction, with as many branches as there are connections so that they seldom wait for each other.
 */
final class TpcB {
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;
    private static final int DELTA_MAX = 5_000;

    private final String url;
    private final int connections;

    TpcB(String url, int connections) {
        this.url = url;
        this.connections = connections;
    }

    /** Makes transactions for so long and answers how long each took. */
    Latencies run(Duration length) {
        var latencies = new Latencies();
        var failure = new AtomicReference<SQLException>();
        try {
            prepare();
            long end = System.nanoTime() + length.toNanos();
            var threads = IntStream.range(0, connections)
                    .mapToObj(number -> Thread.startVirtualThread(() -> work(number, end, latencies, failure)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (SQLException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new LocalRunException(
                    "the TPC-B-like transactions fail: " + failure.get().getMessage(), failure.get());
        }
        return latencies;
    }

    private void prepare() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("create table pgbench_branches (bid int primary key, bbalance int, filler char(88))");
            statement.execute(
                    "create table pgbench_tellers (tid int primary key, bid int, tbalance int, filler char(84))");
            statement.execute(
                    "create table pgbench_accounts (aid int primary key, bid int, abalance int, filler char(84))"
                            + " with (fillfactor = 100)");
            statement.execute("create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp,"
                    + " filler char(22))");
            statement.execute(
                    "insert into pgbench_branches select b, 0, '' from generate_series(1, " + connections + ") b");
            statement.execute("insert into pgbench_tellers select t, (t - 1) / " + TELLERS
                    + " + 1, 0, '' from generate_series(1, " + connections * TELLERS + ") t");
            statement.execute("insert into pgbench_accounts select a, (a - 1) / " + ACCOUNTS
                    + " + 1, 0, '' from generate_series(1, " + connections * ACCOUNTS + ") a");
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private void work(int number, long end, Latencies latencies, AtomicReference<SQLException> failure) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                transact(connection, random);
                latencies.add(System.nanoTime() - start);
            }
        } catch (SQLException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void transact(Connection connection, RandomGenerator random) throws SQLException {
        int account = 1 + random.nextInt(connections * ACCOUNTS);
        int teller = 1 + random.nextInt(connections * TELLERS);
        int branch = 1 + random.nextInt(connections);
        int delta = random.nextInt(-DELTA_MAX, DELTA_MAX + 1);
        execute(connection, "update pgbench_accounts set abalance = abalance + ? where aid = ?", delta, account);
        execute(connection, "select abalance from pgbench_accounts where aid = ?", account);
        execute(connection, "update pgbench_tellers set tbalance = tbalance + ? where tid = ?", delta, teller);
        execute(connection, "update pgbench_branches set bbalance = bbalance + ? where bid = ?", delta, branch);
        execute(
                connection,
                "insert into pgbench_history (tid, bid, aid, delta, mtime) values (?, ?, ?, ?, current_timestamp)",
                teller,
                branch,
                account,
                delta);
        connection.commit();
    }

    private static void execute(Connection connection, String sql, int... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setInt(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
