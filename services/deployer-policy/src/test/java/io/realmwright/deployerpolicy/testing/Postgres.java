package io.realmwright.deployerpolicy.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/**
 * One PostgreSQL for all tests of a run, with a database for whoever asks. As in earnest, one role owns the tables and
 * another one serves requests.
 */
public final class Postgres {
    public static final String OWNER = "deployer_policy_owner";
    public static final String SERVICE = "deployer_policy";

    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
            createRoles(server);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates the roles that the service expects. */
    public static void createRoles(EmbeddedPostgres server) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login");
            statement.execute("create role " + SERVICE + " login");
            statement.execute("alter database postgres owner to " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JDBC URL that leaves open who connects. */
    public static String urlOf(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    /** Creates an empty database and answers its JDBC URL. */
    public static synchronized String newDatabase(String name) {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + OWNER);
            return urlOf(SERVER, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
