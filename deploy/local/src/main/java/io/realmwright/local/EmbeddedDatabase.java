package io.realmwright.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Real PostgreSQL binaries, unpacked from a jar and run as a child process; durable like a real one. */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it on a free port with one empty database for each name. */
    static EmbeddedDatabase start(Path directory, List<String> databases) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    // Ours stops the services first, and only then their database.
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
            var database = new EmbeddedDatabase(postgres);
            database.create(databases);
            return database;
        } catch (IOException e) {
            throw new LocalRunException("PostgreSQL does not start: " + e.getMessage(), e);
        }
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

    /** The settings by which a Spring Boot service finds its database. */
    List<String> settingsFor(String name) {
        return List.of(
                "--spring.datasource.url=" + postgres.getJdbcUrl(USER, name),
                "--spring.datasource.username=" + USER,
                "--spring.datasource.password=");
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
