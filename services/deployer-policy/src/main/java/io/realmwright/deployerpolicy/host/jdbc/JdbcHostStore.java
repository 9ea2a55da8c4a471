package io.realmwright.deployerpolicy.host.jdbc;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostStore;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.host.json.MachineReportDocument;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class JdbcHostStore implements HostStore {
    private static final String SELECT =
            "select name, agent_url, machine, agent_name, labels, origin, cordoned, draining, status_reason, status_text,"
                    + " status_since, polled_at, answered_at, gone, report, free_vmids, created_at, updated_at, version, "
                    + HostRows.ROW_VERSION + " from host ";

    private final JdbcClient jdbc;
    private final Json json;
    private final HostRows rows;

    JdbcHostStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
        this.rows = new HostRows(json);
    }

    @Override
    public void insert(Host host) {
        bind(host, """
                insert into host (name, agent_url, machine, agent_name, labels, origin, cordoned, draining,
                                  status_reason, status_text, status_since, polled_at, answered_at, gone, report,
                                  free_vmids, created_at, updated_at, version)
                values (:name, :agentUrl, :machine, :agentName, :labels::jsonb, :origin, :cordoned, :draining,
                        :statusReason, :statusText, :statusSince, :polledAt, :answeredAt, :gone, :report::jsonb,
                        :freeVmids, :createdAt, :updatedAt, :version)
                """).update();
    }

    @Override
    public void update(Host host) {
        bind(host, """
                update host
                set agent_url = :agentUrl, machine = :machine, agent_name = :agentName, labels = :labels::jsonb,
                    origin = :origin, cordoned = :cordoned, draining = :draining, status_reason = :statusReason,
                    status_text = :statusText, status_since = :statusSince, polled_at = :polledAt,
                    answered_at = :answeredAt, gone = :gone, report = :report::jsonb, free_vmids = :freeVmids,
                    created_at = :createdAt,
                    updated_at = :updatedAt, version = :version
                where name = :name
                """).update();
    }

    @Override
    public void recordStatus(Host host) {
        bindStatus(host, """
                update host
                set status_reason = :statusReason, status_text = :statusText, status_since = :statusSince,
                    polled_at = :polledAt, answered_at = :answeredAt, gone = :gone, report = :report::jsonb,
                    free_vmids = :freeVmids
                where name = :name
                """).update();
    }

    private StatementSpec bind(Host host, String sql) {
        return bindStatus(host, sql)
                .param("agentUrl", host.address().agentUrl().toString())
                .param("machine", host.address().machine())
                .param("agentName", host.address().agentName())
                .param("labels", json.write(host.labels().byKey()))
                .param("origin", host.origin().name())
                // A replica of before there was draining reads that a draining host is cordoned.
                .param("cordoned", host.scheduling() != Host.Scheduling.OPEN)
                .param("draining", host.scheduling() == Host.Scheduling.DRAINING)
                .param("createdAt", Timestamp.from(host.createdAt()))
                .param("updatedAt", Timestamp.from(host.updatedAt()))
                .param("version", host.version());
    }

    private StatementSpec bindStatus(Host host, String sql) {
        Host.Status status = host.status();
        return jdbc.sql(sql)
                .param("name", host.name())
                .param("statusReason", status.reason().name())
                .param("statusText", status.message())
                .param("statusSince", Timestamp.from(status.since()))
                .param("polledAt", timestamp(status.polledAt()))
                .param("answeredAt", timestamp(status.answeredAt()))
                .param("gone", status.gone())
                .param(
                        "report",
                        host.report()
                                .map(MachineReportDocument::of)
                                .map(json::write)
                                .orElse(null))
                .param("freeVmids", freeVmids(host));
    }

    private static @Nullable Long freeVmids(Host host) {
        OptionalLong free = host.report().map(MachineReport::freeVmids).orElse(OptionalLong.empty());
        return free.isPresent() ? free.getAsLong() : null;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    @Override
    public void delete(String name) {
        jdbc.sql("delete from host where name = :name").param("name", name).update();
    }

    @Override
    public Optional<Host> find(String name) {
        return jdbc.sql(SELECT + "where name = :name")
                .param("name", name)
                .query(rows)
                .optional();
    }

    @Override
    public Optional<Host> lock(String name) {
        return jdbc.sql(SELECT + "where name = :name for update")
                .param("name", name)
                .query(rows)
                .optional();
    }

    @Override
    public List<Host> list(String afterName, int limit) {
        return jdbc.sql(SELECT + "where name > :afterName order by name limit :limit")
                .param("afterName", afterName)
                .param("limit", limit)
                .query(rows)
                .list();
    }

    /** Every launch looks at all hosts, of which few have changed since the last one did: only those are fetched. */
    @Override
    public List<Host> all() {
        List<HostRows.Version> present = jdbc.sql("select name, " + HostRows.ROW_VERSION + " from host order by name")
                .query((row, _) -> HostRows.version(row))
                .list();
        Map<HostRows.Version, Host> known = rows.known(present);
        List<String> unknown = present.stream()
                .filter(version -> !known.containsKey(version))
                .map(HostRows.Version::name)
                .toList();
        Map<String, Host> fetched = fetch(unknown).stream().collect(Collectors.toMap(Host::name, Function.identity()));
        return present.stream()
                .map(version -> known.getOrDefault(version, fetched.get(version.name())))
                .filter(Objects::nonNull) // removed meanwhile
                .toList();
    }

    private List<Host> fetch(List<String> names) {
        return names.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where name = any(:names)")
                        .param("names", names.toArray(String[]::new))
                        .query(rows)
                        .list();
    }
}
