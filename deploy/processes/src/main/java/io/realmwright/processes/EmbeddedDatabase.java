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

/** Real PostgreSQL binaries, unpacked from a jar and run as a child process; durable like a real one. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final Path directory;
    private final int port;
    private EmbeddedPostgres postgres;

    private EmbeddedDatabase(Path directory, EmbeddedPostgres postgres) {
        this.directory = directory;
        this.port = postgres.getPort();
        this.postgres = postgres;
    }

    /** Starts it on a free port with one empty database for each name. */
    public static EmbeddedDatabase start(Path directory, List<String> databases) {
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
                .setPGStartupWait(START_TIMEOUT)
                // Ours stops the services first, and only then their database.
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200");
    }

    private void create(List<String> databases) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String name : databases) {
                statement.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new LocalRunException("PostgreSQL does not create its databases: " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** The JDBC URL of a database, its user included. */
    public String url(String name) {
        return postgres.getJdbcUrl(USER, name);
    }

    /** The settings by which a Spring Boot service finds its database. */
    public List<String> settingsFor(String name) {
        return settingsFor(name, port);
    }

    /** As {@link #settingsFor(String)}, by way of another port of this machine. */
    public List<String> settingsFor(String name, int throughPort) {
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + throughPort + "/" + name,
                "--spring.datasource.username=" + USER,
                "--spring.datasource.password=");
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
        } catch (IOException e) {
            throw new LocalRunException("there is no PostgreSQL to crash: " + e.getMessage(), e);
        }
    }

    /** Starts the server again after a crash, on the same port and files. */
    public void restart() {
        try {
            postgres = builder(directory)
                    .setPort(port)
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not start again: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not stop: " + e.getMessage(), e);
        }
    }
}
