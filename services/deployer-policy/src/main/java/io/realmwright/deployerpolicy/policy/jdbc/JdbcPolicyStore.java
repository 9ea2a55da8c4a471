package io.realmwright.deployerpolicy.policy.jdbc;

import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.policy.Policy;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.PolicyStore;
import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPolicyStore implements PolicyStore {
    private static final String REVISION_COLUMNS = "policy, number, digest, content, author, created_at, published_at";

    private final JdbcClient jdbc;
    private final Json json;
    private final Map<Published, PolicyRevision> known = new ConcurrentHashMap<>();

    JdbcPolicyStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean insert(Policy policy, PolicyRevision first) {
        int inserted = jdbc.sql("""
                insert into policy (name, version, latest_revision, published_revision, created_at, updated_at)
                values (:name, :version, :latestRevision, :publishedRevision, :createdAt, :updatedAt)
                on conflict do nothing
                """)
                .param("name", policy.name())
                .param("version", policy.version())
                .param("latestRevision", policy.latestRevision())
                .param("publishedRevision", policy.publishedRevision())
                .param("createdAt", Timestamp.from(policy.createdAt()))
                .param("updatedAt", Timestamp.from(policy.updatedAt()))
                .update();
        if (inserted == 1) {
            insert(first);
        }
        return inserted == 1;
    }

    @Override
    public Optional<Policy> find(String name) {
        return jdbc.sql("""
                select name, version, latest_revision, published_revision, created_at, updated_at
                from policy
                where name = :name
                """).param("name", name).query(JdbcPolicyStore::policy).optional();
    }

    @Override
    public Optional<Policy> lock(String name) {
        return jdbc.sql("""
                select name, version, latest_revision, published_revision, created_at, updated_at
                from policy
                where name = :name
                for update
                """).param("name", name).query(JdbcPolicyStore::policy).optional();
    }

    @Override
    public void update(Policy policy) {
        jdbc.sql("""
                update policy
                set version = :version,
                    latest_revision = :latestRevision,
                    published_revision = :publishedRevision,
                    updated_at = :updatedAt
                where name = :name
                """)
                .param("name", policy.name())
                .param("version", policy.version())
                .param("latestRevision", policy.latestRevision())
                .param("publishedRevision", policy.publishedRevision())
                .param("updatedAt", Timestamp.from(policy.updatedAt()))
                .update();
    }

    @Override
    public void insert(PolicyRevision revision) {
        jdbc.sql("""
                insert into policy_revision (policy, number, digest, content, author, created_at)
                values (:policy, :number, :digest, :content::jsonb, :author, :createdAt)
                """)
                .param("policy", revision.policy())
                .param("number", revision.number())
                .param("digest", revision.digest())
                .param("content", json.write(PolicyContentDocument.of(revision.content())))
                .param("author", revision.author())
                .param("createdAt", Timestamp.from(revision.createdAt()))
                .update();
    }

    @Override
    public void markPublished(PolicyRevision revision) {
        jdbc.sql("""
                update policy_revision
                set published_at = :publishedAt
                where policy = :policy and number = :number
                """)
                .param("policy", revision.policy())
                .param("number", revision.number())
                .param("publishedAt", timestamp(revision.publishedAt()))
                .update();
    }

    @Override
    public Optional<PolicyRevision> findRevision(String policy, int number) {
        return jdbc.sql("select " + REVISION_COLUMNS + """
                 from policy_revision
                where policy = :policy and number = :number
                """)
                .param("policy", policy)
                .param("number", number)
                .query(this::revision)
                .optional();
    }

    @Override
    public List<Policy> list(String afterName, int limit) {
        return jdbc.sql("""
                select name, version, latest_revision, published_revision, created_at, updated_at
                from policy
                where name > :afterName
                order by name
                limit :limit
                """)
                .param("afterName", afterName)
                .param("limit", limit)
                .query(JdbcPolicyStore::policy)
                .list();
    }

    @Override
    public List<PolicyRevision> listRevisions(String policy, long afterNumber, int limit) {
        return jdbc.sql("select " + REVISION_COLUMNS + """
                 from policy_revision
                where policy = :policy and number > :afterNumber
                order by number
                limit :limit
                """)
                .param("policy", policy)
                .param("afterNumber", afterNumber)
                .param("limit", limit)
                .query(this::revision)
                .list();
    }

    /** Every launch asks for them, and they rarely change: only those that nobody has read yet are read. */
    @Override
    public List<PolicyRevision> published() {
        List<Published> present = jdbc.sql("""
                select revision.policy, revision.number, revision.published_at
                from policy
                join policy_revision revision
                  on revision.policy = policy.name and revision.number = policy.published_revision
                order by policy.name
                """).query(JdbcPolicyStore::deciding).list();
        if (known.size() > present.size()) {
            known.keySet().retainAll(present);
        }
        return present.stream()
                .map(published -> known.computeIfAbsent(published, this::read))
                .toList();
    }

    private PolicyRevision read(Published published) {
        return findRevision(published.policy(), published.number()).orElseThrow();
    }

    private static Published deciding(ResultSet row, int number) throws SQLException {
        return new Published(row.getString("policy"), row.getInt("number"), row.getTimestamp("published_at"));
    }

    /** A revision never changes but for when it was published last. */
    private record Published(String policy, int number, Timestamp at) {}

    private static Policy policy(ResultSet row, int number) throws SQLException {
        return new Policy(
                row.getString("name"),
                row.getLong("version"),
                row.getInt("latest_revision"),
                row.getObject("published_revision", Integer.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private PolicyRevision revision(ResultSet row, int number) throws SQLException {
        Timestamp publishedAt = row.getTimestamp("published_at");
        return new PolicyRevision(
                row.getString("policy"),
                row.getInt("number"),
                row.getString("digest"),
                json.read(row.getString("content"), PolicyContentDocument.class).readStored(),
                row.getString("author"),
                row.getTimestamp("created_at").toInstant(),
                publishedAt == null ? null : publishedAt.toInstant());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
