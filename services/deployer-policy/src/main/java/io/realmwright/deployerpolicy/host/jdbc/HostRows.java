package io.realmwright.deployerpolicy.host.jdbc;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.json.MachineReportDocument;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.label.Labels;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;

/** Reads hosts from their rows, each version of a row once: a machine's report takes long to read. */
final class HostRows implements RowMapper<Host> {
    /** Which transaction wrote the row, and where it is: together they never mean two versions of it. */
    static final String ROW_VERSION = "xmin || ' ' || ctid as row_version";

    private final Json json;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    HostRows(Json json) {
        this.json = json;
    }

    /** A version of a host's row. */
    record Version(String name, String rowVersion) {}

    private record Known(Version version, Host host) {}

    static Version version(ResultSet row) throws SQLException {
        return new Version(row.getString("name"), row.getString("row_version"));
    }

    /** The hosts of those versions that were read before; forgets hosts of which there is no version. */
    Map<Version, Host> known(Collection<Version> present) {
        Map<Version, Host> found = HashMap.newHashMap(present.size());
        for (Version version : present) {
            known(version).ifPresent(host -> found.put(version, host));
        }
        if (known.size() > present.size()) {
            known.keySet().retainAll(present.stream().map(Version::name).collect(Collectors.toSet()));
        }
        return found;
    }

    @Override
    public Host mapRow(ResultSet row, int number) throws SQLException {
        Version version = version(row);
        Optional<Host> present = known(version);
        if (present.isPresent()) {
            return present.get();
        }
        Host host = read(row);
        known.put(version.name(), new Known(version, host));
        return host;
    }

    private Optional<Host> known(Version version) {
        return Optional.ofNullable(known.get(version.name()))
                .filter(candidate -> candidate.version().equals(version))
                .map(Known::host);
    }

    private Host read(ResultSet row) throws SQLException {
        return new Host(
                row.getString("name"),
                new Host.Address(
                        URI.create(row.getString("agent_url")), row.getString("machine"), row.getString("agent_name")),
                Labels.of(json.read(row.getString("labels"), new TypeReference<>() {})),
                Host.Origin.valueOf(row.getString("origin")),
                scheduling(row),
                status(row),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getLong("version"));
    }

    private Host.Status status(ResultSet row) throws SQLException {
        String report = row.getString("report");
        return new Host.Status(
                Host.Reason.valueOf(row.getString("status_reason")),
                row.getString("status_text"),
                report == null
                        ? null
                        : json.read(report, MachineReportDocument.class).readStored(freeVmids(row)),
                instant(row.getTimestamp("polled_at")),
                instant(row.getTimestamp("answered_at")),
                row.getTimestamp("status_since").toInstant(),
                row.getBoolean("gone"));
    }

    private static Host.Scheduling scheduling(ResultSet row) throws SQLException {
        if (!row.getBoolean("cordoned")) {
            return Host.Scheduling.OPEN;
        }
        return row.getBoolean("draining") ? Host.Scheduling.DRAINING : Host.Scheduling.CORDONED;
    }

    private static OptionalLong freeVmids(ResultSet row) throws SQLException {
        long free = row.getLong("free_vmids");
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(free);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
