package io.realmwright.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/** Real PostgreSQL binaries, unpacked from a jar and run as a child process; durable like a real one. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    /** A database, the role that owns it and migrates its schema, and the role that serves requests. */
    public record Database(String name, String owner, String user) {
        /** One whose service may do everything in it. */
        public static Database of(String name) {
            return new Database(name, name, name);
        }
    }

    private final Path directory;
    private final int port;
    private EmbeddedPostgres postgres;

    private EmbeddedDatabase(Path directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.port = postgres.getPort();
        this.postgres = postgres;
    }

    /** Starts it on a free port with these databases, which are empty. */
    public static EmbeddedDatabase start(Path directory, List<Database> databases) {
        try {
            var database = new EmbeddedDatabase(directory, builder(directory).start());
            database.create(databases);
            return database;
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path directory) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                // A server that has crashed is put away too, and its files are to outlive that.
                .setCleanDataDirectory(false)
                .setPGStartupWait(START_TIMEOUT)
                // Ours stops the services first, and only then their database.
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200");
    }

    private void create(List<Database> databases) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (Database database : databases) {
                for (String role : new TreeSet<>(List.of(database.owner(), database.user()))) {
                    statement.execute("create role " + role + " login");
                }
                statement.execute("create database " + database.name() + " owner " + database.owner());
            }
        } catch (SQLException e) {
            throw new LocalRunException("PostgreSQL does not create its databases: " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** The JDBC URL of a database for the server's superuser. */
    public String url(Database database) {
        return postgres.getJdbcUrl(SUPERUSER, database.name());
    }

    /** The settings by which a Spring Boot service finds its database. */
    public List<String> settingsFor(Database database) {
        return settingsFor(database, port);
    }

    /** As {@link #settingsFor(Database)}, by way of another port of this machine. */
    public List<String> settingsFor(Database database, int throughPort) {
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + throughPort + "/" + database.name(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=",
                "--spring.flyway.user=" + database.owner());
    }

    /** Ends every process of the server at once, without a checkpoint: what was not committed is gone. */
    public void crash() {
        try {
            String pid = Files.readAllLines(directory.resolve("postmaster.pid"))
                    .getFirst()
                    .strip();
            Signals.send("QUIT", Long.parseLong(pid));
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(server -> server.onExit().join());
            // There is nothing left to stop; this gives back the lock on the files, which the next server needs.
            postgres.close();
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not crash: " + e.getMessage(), e);
        }
    }

    /** Starts the server again after a crash, on the same port and files. */
    public void restart() {
        try {
            postgres = builder(directory).setPort(port).start();
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not start again: " + e.getMessage(), e);
        }
    }

    /** Stops the server and deletes its files. */
    @Override
    public void close() {
        try {
            postgres.close();
            Trees.delete(directory);
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not stop: " + e.getMessage(), e);
        }
    }
}
