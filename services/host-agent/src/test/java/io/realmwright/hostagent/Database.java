package io.realmwright.hostagent;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An empty database on a real PostgreSQL that all tests share. */
final class Database {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedPostgres server;
    private final String name;

    private Database(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    static Database create() {
        return createOn(Server.SHARED);
    }

    static Database createOn(EmbeddedPostgres server) {
        var name = "host_agent_" + COUNT.incrementAndGet();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new Database(server, name);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** A way in past the service, to see what it wrote. */
    JdbcClient sql() {
        DataSource database = server.getDatabase("postgres", name);
        return JdbcClient.create(database);
    }

    /** Started by the first who needs it; it ends with the process. */
    private static final class Server {
        static final EmbeddedPostgres SHARED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
