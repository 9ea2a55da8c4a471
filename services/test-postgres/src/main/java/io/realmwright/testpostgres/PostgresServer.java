package io.realmwright.testpostgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A real PostgreSQL that all tests of a run share. The setting {@code realmwright.test.postgres}, as a system property or
 * {@code REALMWRIGHT_TEST_POSTGRES} in the environment, chooses: {@code container}, {@code embedded}, or {@code auto}, which
 * is a container where a Docker engine has the image {@code realmwright.test.postgres-image} already.
 */
public interface PostgresServer {
    /** A JDBC URL for whoever connects without a password. */
    String url(String database);

    /** A connection of the superuser to the database {@code postgres}. */
    Connection superuser() throws SQLException;

    /** The one of this run, started by the first who asks; it ends with the process. */
    static PostgresServer shared() {
        return SharedServer.INSTANCE;
    }
}
