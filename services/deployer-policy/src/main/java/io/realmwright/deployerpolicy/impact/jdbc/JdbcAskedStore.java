package io.realmwright.deployerpolicy.impact.jdbc;

import io.realmwright.deployerpolicy.decision.DecisionRequest;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.impact.Asked;
import io.realmwright.deployerpolicy.impact.AskedStore;
import io.realmwright.deployerpolicy.impact.Scope;
import io.realmwright.deployerpolicy.json.Json;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAskedStore implements AskedStore {
    private static final String FIRST = "00000000-0000-0000-0000-000000000000";

    private final JdbcClient jdbc;
    private final Json json;

    JdbcAskedStore(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public long count(Scope scope) {
        return switch (scope) {
            case Scope.Realms() ->
                jdbc.sql("select count(*) from realm where goal <> 'DELETE'")
                        .query(Long.class)
                        .single();
            case Scope.Requests(var from, var until) ->
                jdbc.sql("select count(*) from decision where created_at >= :from and created_at < :until")
                        .param("from", Timestamp.from(from))
                        .param("until", Timestamp.from(until))
                        .query(Long.class)
                        .single();
        };
    }

    @Override
    public List<Asked> list(Scope scope, String afterKey, int limit) {
        return switch (scope) {
            case Scope.Realms() -> realms(afterKey, limit);
            case Scope.Requests requests -> requests(requests, afterKey, limit);
        };
    }

    private List<Asked> realms(String afterName, int limit) {
        return jdbc.sql("""
                select name,
                       jsonb_strip_nulls(jsonb_build_object('name', name, 'labels', labels, 'policy', policy,
                                                            'hostSelector', host_selector)) || jsonb_build_object('spec', spec)
                         as request
                from realm
                where name > :afterName and goal <> 'DELETE'
                order by name
                limit :limit
                """)
                .param("afterName", afterName)
                .param("limit", limit)
                .query((row, number) ->
                        asked(row.getString("name"), "realm/" + row.getString("name"), row.getString("request")))
                .list();
    }

    /** In the order of the index by time: by id alone, each page would have to look at the whole window. */
    private List<Asked> requests(Scope.Requests window, String afterId, int limit) {
        return jdbc.sql("""
                select id, document -> 'request' as request
                from decision
                where created_at >= :from and created_at < :until
                  and (created_at, id)
                      > (coalesce((select created_at from decision where id = :afterId), '-infinity'), :afterId)
                order by created_at, id
                limit :limit
                """)
                .param("from", Timestamp.from(window.from()))
                .param("until", Timestamp.from(window.until()))
                .param("afterId", UUID.fromString(afterId.isEmpty() ? FIRST : afterId))
                .param("limit", limit)
                .query((row, number) ->
                        asked(row.getString("id"), "decision/" + row.getString("id"), row.getString("request")))
                .list();
    }

    private Asked asked(String key, String subject, String request) {
        return new Kept(key, subject, request, json);
    }

    /** What was asked, as text until somebody needs it. */
    private record Kept(String key, String subject, String text, Json json) implements Asked {
        @Override
        public DecisionRequest request() {
            return json.read(text, DecisionDocument.Request.class).readStored();
        }
    }
}
