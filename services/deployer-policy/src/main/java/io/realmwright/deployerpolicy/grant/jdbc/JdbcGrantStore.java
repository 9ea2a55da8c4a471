package io.realmwright.deployerpolicy.grant.jdbc;

import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.GrantStore;
import io.realmwright.deployerpolicy.jdbc.Recent;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcGrantStore implements GrantStore {
    private static final int GRANTS_MAX = 10_000;

    private final JdbcClient jdbc;
    private final Recent<Grant> recent = new Recent<>(GRANTS_MAX, grant -> 1);

    JdbcGrantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void insert(Grant grant) {
        jdbc.sql("""
                insert into grant_issued (id, decision_id, launch_id, host, machine, spec_digest, plan_digest,
                                          policy_digest, issued_at, expires_at, compact)
                values (:id, :decisionId, :launchId, :host, :machine, :specDigest, :planDigest,
                        :policyDigest, :issuedAt, :expiresAt, :compact)
                """)
                .param("id", grant.id())
                .param("decisionId", grant.decisionId())
                .param("launchId", grant.launchId())
                .param("host", grant.host())
                .param("machine", grant.machine())
                .param("specDigest", grant.specDigest())
                .param("planDigest", grant.planDigest())
                .param("policyDigest", grant.policyDigest())
                .param("issuedAt", Timestamp.from(grant.issuedAt()))
                .param("expiresAt", Timestamp.from(grant.expiresAt()))
                .param("compact", grant.compact())
                .update();
        recent.written(grant.id(), grant);
    }

    @Override
    public Optional<Grant> find(UUID id) {
        return recent.find(id, this::read);
    }

    private Optional<Grant> read(UUID id) {
        return jdbc.sql("""
                select id, decision_id, launch_id, host, machine, spec_digest, plan_digest, policy_digest,
                       issued_at, expires_at, compact
                from grant_issued
                where id = :id
                """)
                .param("id", id)
                .query((row, number) -> new Grant(
                        row.getObject("id", UUID.class),
                        row.getObject("decision_id", UUID.class),
                        row.getObject("launch_id", UUID.class),
                        row.getString("host"),
                        row.getString("machine"),
                        row.getString("spec_digest"),
                        row.getString("plan_digest"),
                        row.getString("policy_digest"),
                        row.getTimestamp("issued_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getString("compact")))
                .optional();
    }
}
