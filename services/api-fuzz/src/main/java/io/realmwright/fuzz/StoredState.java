package io.realmwright.fuzz;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every row of every table of a PostgreSQL database, boiled down to a count and a number for each table. */
public final class StoredState implements AutoCloseable {
    /** Contents of many megabytes are found by their digests: of them the length is enough. */
    private static final String TABLES = """
            select table_name, string_agg(
              case data_type when 'bytea' then format('octet_length(%I)', column_name) else quote_ident(column_name) end, ', ')
            from information_schema.tables join information_schema.columns using (table_schema, table_name)
            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history'
            group by table_name
            """;

    private final String url;
    private final String user;
    private final Set<String> except;
    private final Map<String, PreparedStatement> queries = new TreeMap<>();

    /** @param except the tables that change by themselves */
    public StoredState(String url, String user, Set<String> except) {
        this.url = url;
        this.user = user;
        this.except = Set.copyOf(except);
    }

    /** What is stored now. */
    public Map<String, String> look() {
        try {
            if (queries.isEmpty()) {
                prepare();
            }
            Map<String, String> state = new TreeMap<>();
            for (var query : queries.entrySet()) {
                try (ResultSet rows = query.getValue().executeQuery()) {
                    rows.next();
                    state.put(query.getKey(), rows.getString(1));
                }
            }
            return state;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void prepare() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, "");
        try (ResultSet tables = connection.createStatement().executeQuery(TABLES)) {
            while (tables.next()) {
                String table = tables.getString(1);
                if (!except.contains(table)) {
                    queries.put(
                            table,
                            connection.prepareStatement("select count(*) || ':' || coalesce(sum(hashtextextended(row("
                                    + tables.getString(2) + ")::text, 0)), 0) from " + table));
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement query : queries.values()) {
                query.getConnection().close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
