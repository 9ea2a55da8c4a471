package io.realmwright.deployerpolicy.decision.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Repository
class JdbcDecisionStore implements DecisionStore {
    /** How long a launch takes if nothing holds it up. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    /** Decisions about a large fleet are large. */
    private static final int HOSTS_MAX = 10_000;

    private final JdbcClient jdbc;
    private final Json json;

    /** Decisions never change, and each is looked at several times while its realm is launched, and rarely after that. */
    private final Cache<UUID, Decision> recent = Caffeine.newBuilder()
            .expireAfterAccess(RECENT)
            .maximumWeight(HOSTS_MAX)
            .weigher((UUID id, Decision decision) -> decision.hosts().size() + 1)
            .build();

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
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                recent.put(decision.id(), decision);
            }
        });
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
