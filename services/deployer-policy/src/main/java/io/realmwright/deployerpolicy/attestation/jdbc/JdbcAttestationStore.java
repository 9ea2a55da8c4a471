package io.realmwright.deployerpolicy.attestation.jdbc;

import io.realmwright.deployerpolicy.attestation.Attestation;
import io.realmwright.deployerpolicy.attestation.AttestationStore;
import io.realmwright.deployerpolicy.attestation.json.AppraisalDocument;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAttestationStore implements AttestationStore {
    private final JdbcClient jdbc;
    private final Json json;

    JdbcAttestationStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean use(String challenge, Instant at) {
        return jdbc.sql("""
                        insert into attestation_challenge (challenge, used_at) values (:challenge, :at)
                        on conflict (challenge) do nothing
                        """)
                        .param("challenge", challenge)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    @Override
    public void insert(Attestation attestation) {
        jdbc.sql("""
                        insert into attestation (id, realm_id, realm_name, launch_id, host, challenge, status, token,
                                                 appraisal, created_at)
                        values (:id, :realmId, :realm, :launchId, :host, :challenge, :status, :token,
                                :appraisal::jsonb, :createdAt)
                        """)
                .param("id", attestation.id())
                .param("realmId", attestation.realmId())
                .param("realm", attestation.realm())
                .param("launchId", attestation.launchId())
                .param("host", attestation.host())
                .param("challenge", attestation.challenge())
                .param("status", attestation.appraisal().status().name())
                .param("token", attestation.token())
                .param("appraisal", json.write(AppraisalDocument.of(attestation.appraisal())))
                .param("createdAt", Timestamp.from(attestation.createdAt()))
                .update();
    }

    @Override
    public Optional<Attestation> find(String realm, UUID id) {
        return jdbc.sql("select * from attestation where id = :id and realm_name = :realm")
                .param("id", id)
                .param("realm", realm)
                .query(this::attestation)
                .optional();
    }

    @Override
    public List<Attestation> list(UUID realmId, Optional<UUID> before, int limit) {
        return jdbc.sql("""
                        select * from attestation
                        where realm_id = :realmId
                          and (:before::uuid is null
                               or position < (select position from attestation where id = :before::uuid))
                        order by position desc
                        limit :limit
                        """)
                .param("realmId", realmId)
                .param("before", before.map(UUID::toString).orElse(null))
                .param("limit", limit)
                .query(this::attestation)
                .list();
    }

    private Attestation attestation(ResultSet row, int number) throws SQLException {
        return new Attestation(
                row.getObject("id", UUID.class),
                row.getObject("realm_id", UUID.class),
                row.getString("realm_name"),
                row.getObject("launch_id", UUID.class),
                row.getString("host"),
                row.getString("challenge"),
                row.getBytes("token"),
                json.read(row.getString("appraisal"), AppraisalDocument.class).readStored(),
                row.getTimestamp("created_at").toInstant());
    }
}
