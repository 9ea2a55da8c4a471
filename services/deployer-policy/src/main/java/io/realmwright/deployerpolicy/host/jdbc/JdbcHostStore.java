package io.realmwright.deployerpolicy.host.jdbc;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostStore;
import io.realmwright.deployerpolicy.host.json.MachineReportDocument;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.label.Labels;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

@Repository
class JdbcHostStore implements HostStore {
    private static final String SELECT = """
            select name, agent_url, machine, agent_name, labels, origin, cordoned, status_reason, status_text,
                   status_since, polled_at, report, created_at, updated_at
            from host
            """;

    private final JdbcClient jdbc;
    private final Json json;

    JdbcHostStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public void insert(Host host) {
        bind(host, """
                insert into host (name, agent_url, machine, agent_name, labels, origin, cordoned, status_reason,
                                  status_text, status_since, polled_at, report, created_at, updated_at)
                values (:name, :agentUrl, :machine, :agentName, :labels::jsonb, :origin, :cordoned, :statusReason,
                        :statusText, :statusSince, :polledAt, :report::jsonb, :createdAt, :updatedAt)
                """).update();
    }

    @Override
    public void update(Host host) {
        bind(host, """
                update host
                set agent_url = :agentUrl, machine = :machine, agent_name = :agentName, labels = :labels::jsonb,
                    origin = :origin, cordoned = :cordoned, status_reason = :statusReason,
                    status_text = :statusText, status_since = :statusSince, polled_at = :polledAt,
                    report = :report::jsonb, created_at = :createdAt, updated_at = :updatedAt
                where name = :name
                """).update();
    }

    private StatementSpec bind(Host host, String sql) {
        Host.Status status = host.status();
        return jdbc.sql(sql)
                .param("name", host.name())
                .param("agentUrl", host.address().agentUrl().toString())
                .param("machine", host.address().machine())
                .param("agentName", host.agentName())
                .param("labels", json.write(host.labels().byKey()))
                .param("origin", host.origin().name())
                .param("cordoned", host.cordoned())
                .param("statusReason", status.reason().name())
                .param("statusText", status.message())
                .param("statusSince", Timestamp.from(status.since()))
                .param("polledAt", status.polledAt() == null ? null : Timestamp.from(status.polledAt()))
                .param(
                        "report",
                        host.report()
                                .map(MachineReportDocument::of)
                                .map(json::write)
                                .orElse(null))
                .param("createdAt", Timestamp.from(host.createdAt()))
                .param("updatedAt", Timestamp.from(host.updatedAt()));
    }

    @Override
    public void delete(String name) {
        jdbc.sql("delete from host where name = :name").param("name", name).update();
    }

    @Override
    public Optional<Host> find(String name) {
        return jdbc.sql(SELECT + "where name = :name")
                .param("name", name)
                .query(this::host)
                .optional();
    }

    @Override
    public Optional<Host> lock(String name) {
        return jdbc.sql(SELECT + "where name = :name for update")
                .param("name", name)
                .query(this::host)
                .optional();
    }

    @Override
    public List<Host> list(String afterName, int limit) {
        return jdbc.sql(SELECT + "where name > :afterName order by name limit :limit")
                .param("afterName", afterName)
                .param("limit", limit)
                .query(this::host)
                .list();
    }

    @Override
    public List<Host> all() {
        return jdbc.sql(SELECT + "order by name").query(this::host).list();
    }

    private Host host(ResultSet row, int number) throws SQLException {
        String report = row.getString("report");
        Timestamp polledAt = row.getTimestamp("polled_at");
        var status = new Host.Status(
                Host.Reason.valueOf(row.getString("status_reason")),
                row.getString("status_text"),
                report == null
                        ? null
                        : json.read(report, MachineReportDocument.class).readStored(),
                polledAt == null ? null : polledAt.toInstant(),
                row.getTimestamp("status_since").toInstant());
        return new Host(
                row.getString("name"),
                new Host.Address(URI.create(row.getString("agent_url")), row.getString("machine")),
                row.getString("agent_name"),
                Labels.of(json.read(row.getString("labels"), new TypeReference<>() {})),
                Host.Origin.valueOf(row.getString("origin")),
                row.getBoolean("cordoned"),
                status,
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
