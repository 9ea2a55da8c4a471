package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.realm.Revocation;
import io.realmwright.deployerpolicy.realm.RevocationStore;
import java.net.URI;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcRevocationStore implements RevocationStore {
    private final JdbcClient jdbc;

    JdbcRevocationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void insert(Revocation revocation) {
        jdbc.sql("""
                insert into revocation (launch_id, host, agent_url, machine, agent_name, created_at)
                values (:launch, :host, :agentUrl, :machine, :agentName, :createdAt)
                on conflict (launch_id) do nothing
                """)
                .param("launch", revocation.launch())
                .param("host", revocation.host())
                .param("agentUrl", revocation.address().agentUrl().toString())
                .param("machine", revocation.address().machine())
                .param("agentName", revocation.address().agentName())
                .param("createdAt", Timestamp.from(revocation.createdAt()))
                .update();
    }

    @Override
    public Optional<Revocation> find(UUID launch) {
        return jdbc.sql("""
                select launch_id, host, agent_url, machine, created_at, attempts,
                       coalesce(agent_name, (select agent_name from host where name = revocation.host), host) as agent_name
                from revocation
                where launch_id = :launch
                """)
                .param("launch", launch)
                .query((row, number) -> new Revocation(
                        row.getObject("launch_id", UUID.class),
                        row.getString("host"),
                        new Host.Address(
                                URI.create(row.getString("agent_url")),
                                row.getString("machine"),
                                row.getString("agent_name")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getInt("attempts")))
                .optional();
    }

    @Override
    public void failed(UUID launch) {
        jdbc.sql("update revocation set attempts = attempts + 1 where launch_id = :launch")
                .param("launch", launch)
                .update();
    }

    @Override
    public void delete(UUID launch) {
        jdbc.sql("delete from revocation where launch_id = :launch")
                .param("launch", launch)
                .update();
    }
}
