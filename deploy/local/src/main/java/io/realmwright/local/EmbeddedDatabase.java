package io.realmwright.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Real PostgreSQL binaries, unpacked from a jar and run as a child process; durable like a real one. */
final class EmbeddedDatabase implements AutoCloseable {
    /** A database, the role that owns it and migrates its schema, and the role that serves requests. */
    record Database(String name, String owner, String user) {}

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it on a free port with these databases, which are empty. */
    static EmbeddedDatabase start(Path directory, List<Database> databases) {
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

    private void create(List<Database> databases) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (Database database : databases) {
                for (String role : Set.of(database.owner(), database.user())) {
                    statement.execute("create role " + role + " login");
                }
                statement.execute("create database " + database.name() + " owner " + database.owner());
            }
        } catch (SQLException e) {
            throw new LocalRunException("PostgreSQL does not create its databases: " + e.getMessage(), e);
        }
    }

    /** The settings by which a Spring Boot service finds its database. */
    List<String> settingsFor(Database database) {
        return List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database.name(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=",
                "--spring.flyway.user=" + database.owner());
    }

    /** A connection as the server's superuser, for whoever fills a database. */
    Connection connect(Database database) throws SQLException {
        return postgres.getDatabase("postgres", database.name()).getConnection();
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
