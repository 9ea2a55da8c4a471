package io.realmwright.deployerpolicy.decision.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcDecisionStore implements DecisionStore {
    private static final int RECENT = 1_000;

    private final JdbcClient jdbc;
    private final Json json;

    /** Decisions never change, and each is looked at several times while its realm is launched. */
    private final Cache<UUID, Decision> recent =
            Caffeine.newBuilder().maximumSize(RECENT).build();

    JdbcDecisionStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public void insert(Decision decision) {
        var selected = decision.selection() instanceof PolicySelection.Selected found ? found : null;
        jdbc.sql("""
                insert into decision (id, realm_name, verdict, policy, revision, basis, document, created_at)
                values (:id, :realmName, :verdict, :policy, :revision, :basis, :document::jsonb, :createdAt)
                """)
                .param("id", decision.id())
                .param("realmName", decision.request().realmName())
                .param("verdict", decision.verdict().name())
                .param("policy", selected == null ? null : selected.policy())
                .param("revision", selected == null ? null : selected.revision())
                .param("basis", decision.basis())
                .param("document", json.write(DecisionDocument.of(decision)))
                .param("createdAt", Timestamp.from(decision.createdAt()))
                .update();
    }

    @Override
    public Optional<Decision> find(UUID id) {
        return Optional.ofNullable(recent.getIfPresent(id)).or(() -> read(id));
    }

    private Optional<Decision> read(UUID id) {
        Optional<Decision> found = jdbc.sql("select document, basis from decision where id = :id")
                .param("id", id)
                .query((row, number) -> json.read(row.getString("document"), DecisionDocument.class)
                        .readStored(row.getString("basis")))
                .optional();
        found.ifPresent(decision -> recent.put(id, decision));
        return found;
    }
}
