package io.realmwright.deployerpolicy.testing;

import io.realmwright.testpostgres.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One PostgreSQL for all tests of a run, with a database for whoever asks. As in earnest, one role owns the tables and
 * another one serves requests.
 */
public final class Postgres {
    public static final String OWNER = "deployer_policy_owner";
    public static final String SERVICE = "deployer_policy";

    private static final PostgresServer SERVER = start();

    private Postgres() {}

    private static PostgresServer start() {
        PostgresServer server = PostgresServer.shared();
        try (Connection connection = server.superuser()) {
            createRoles(connection);
            return server;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates the roles that the service expects on a server of a test's own. */
    public static void createRoles(EmbeddedPostgres server) {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            createRoles(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void createRoles(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create role " + OWNER + " login");
            statement.execute("create role " + SERVICE + " login");
            statement.execute("alter database postgres owner to " + OWNER);
        }
    }

    /** A JDBC URL that leaves open who connects. */
    public static String urlOf(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    /** Creates an empty database and answers its JDBC URL. */
    public static synchronized String newDatabase(String name) {
        try (Connection connection = SERVER.superuser();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " owner " + OWNER);
            return SERVER.url(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
