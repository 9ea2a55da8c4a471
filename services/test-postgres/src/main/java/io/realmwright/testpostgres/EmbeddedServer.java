package io.realmwright.testpostgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Real binaries, unpacked from a jar. */
record EmbeddedServer(EmbeddedPostgres server) implements PostgresServer {
    static PostgresServer start() {
        try {
            return new EmbeddedServer(EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", ContainerServer.CONNECTIONS)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    @Override
    public Connection superuser() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public String toString() {
        return "embedded, port " + server.getPort();
    }
}
