package io.realmwright.deployerpolicy.decision.jdbc;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.jdbc.Recent;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcDecisionStore implements DecisionStore {
    /** Decisions about a large fleet are large. */
    private static final int HOSTS_MAX = 10_000;

    private final JdbcClient jdbc;
    private final Json json;

    private final Recent<Decision> recent =
            new Recent<>(HOSTS_MAX, decision -> decision.hosts().size() + 1);

    JdbcDecisionStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
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
        recent.written(decision.id(), decision);
    }

    @Override
    public Optional<Decision> find(UUID id) {
        return recent.find(id, this::read);
    }

    private Optional<Decision> read(UUID id) {
        return jdbc.sql("select document, basis from decision where id = :id")
                .param("id", id)
                .query((row, number) -> json.read(row.getString("document"), DecisionDocument.class)
                        .readStored(row.getString("basis")))
                .optional();
    }
}
