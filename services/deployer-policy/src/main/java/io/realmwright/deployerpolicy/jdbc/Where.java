package io.realmwright.deployerpolicy.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a list. Only those that are asked for become part of the statement, so that each combination has a
 * plan of its own.
 */
public final class Where {
    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> params = new LinkedHashMap<>();

    private Where() {}

    /** The condition that is always there; it names {@code :name}. */
    public static Where is(String condition, String name, Object value) {
        return new Where().add("where ", condition, name, value);
    }

    /** One more condition, which names {@code :name}, if there is a value for it. */
    public Where and(String condition, String name, Optional<?> value) {
        value.ifPresent(present -> add("  and ", condition, name, present));
        return this;
    }

    private Where add(String conjunction, String condition, String name, Object value) {
        sql.append(conjunction).append(condition).append('\n');
        params.put(name, value);
        return this;
    }

    public String sql() {
        return sql.toString();
    }

    public Map<String, Object> params() {
        return params;
    }
}
