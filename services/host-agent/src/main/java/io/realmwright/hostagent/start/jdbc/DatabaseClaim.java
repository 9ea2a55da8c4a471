package io.realmwright.hostagent.start.jdbc;

import io.realmwright.hostagent.start.RefusedStartException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * One agent for one database: the start of an agent declares every realm in its database LOST, which would be false if
 * they were another's. The claim lasts as long as its connection, so it catches a mistake in a deployment and does not
 * elect anybody.
 */
@Component(DatabaseClaim.NAME)
public final class DatabaseClaim implements AutoCloseable {
    public static final String NAME = "databaseClaim";

    private final Connection connection;

    /**
     * Takes the claim.
     *
     * @throws SQLException if the database cannot be reached
     */
    DatabaseClaim(DataSource database) throws SQLException {
        this.connection = database.getConnection();
        if (!ask("select pg_try_advisory_lock(hashtext('realmwright host-agent'))")) {
            connection.close();
            throw new RefusedStartException(
                    "Another host-agent is running on the same database.",
                    "Stop it, or set spring.datasource.url to a database of this agent's own.");
        }
    }

    /** The connection goes back to a pool, so the claim does not end with it. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            ask("select pg_advisory_unlock(hashtext('realmwright host-agent'))");
        }
    }

    private boolean ask(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
