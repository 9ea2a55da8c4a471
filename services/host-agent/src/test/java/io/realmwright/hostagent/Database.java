package io.realmwright.hostagent;

import io.realmwright.testpostgres.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An empty database on a real PostgreSQL that all tests share. */
final class Database {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;

    private Database(String url) {
        this.url = url;
    }

    static Database create() {
        PostgresServer server = PostgresServer.shared();
        try (Connection connection = server.superuser()) {
            return new Database(server.url(createOn(connection)));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** On a server of the test's own. */
    static Database createOn(EmbeddedPostgres server) {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return new Database("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + createOn(connection));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String createOn(Connection connection) throws SQLException {
        String name = "host_agent_" + COUNT.incrementAndGet();
        try (var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return name;
    }

    String url() {
        return url;
    }

    /** A way in past the service, to see what it wrote. */
    JdbcClient sql() {
        return JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
    }
}
