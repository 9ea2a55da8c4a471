package io.realmwright.hostagent.realm.jdbc;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.hostagent.realm.CompletedStep;
import io.realmwright.hostagent.realm.LaunchRequest;
import io.realmwright.hostagent.realm.Realm;
import io.realmwright.hostagent.realm.RealmState;
import io.realmwright.machine.host.LaunchStep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns a row of {@code realm}, with its steps, into a {@link Realm}. */
@Component
class RealmRows {
    private final JsonMapper mapper;

    RealmRows(JsonMapper mapper) {
        this.mapper = mapper;
    }

    Realm realm(ResultSet row) throws SQLException {
        var request = new LaunchRequest(
                row.getObject("launch_id", UUID.class),
                row.getString("name"),
                json(row, "spec", RealmSpecJson::read),
                json(row, "plan", LaunchPlanJson::read),
                row.getString("grant_jws"));
        return new Realm(
                row.getObject("id", UUID.class),
                request,
                row.getString("machine"),
                row.getObject("boot_id", UUID.class),
                RealmState.valueOf(row.getString("state")),
                steps(mapper.readTree(row.getString("steps"))),
                counts(mapper.readTree(row.getString("rmi_calls"))),
                row.getString("rim"),
                optionalJson(row, "outcome", OutcomeJson::read),
                optionalJson(row, "failure", FailureJson::read),
                row.getLong("leaked_granules"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static List<CompletedStep> steps(JsonNode json) {
        return json.valueStream()
                .map(step -> new CompletedStep(
                        LaunchStep.valueOf(step.required("step").stringValue()),
                        step.required("rmiCalls").longValue(),
                        OffsetDateTime.parse(step.required("completedAt").stringValue())
                                .toInstant()))
                .toList();
    }

    private <T> T json(ResultSet row, String column, Function<Fields, T> mapping) throws SQLException {
        return Fields.read(mapper.readTree(row.getString(column)), mapping);
    }

    private <T> @Nullable T optionalJson(ResultSet row, String column, Function<Fields, T> mapping)
            throws SQLException {
        return row.getString(column) == null ? null : json(row, column, mapping);
    }

    private static SortedMap<String, Long> counts(JsonNode json) {
        var counts = new TreeMap<String, Long>();
        json.forEachEntry((command, count) -> counts.put(command, count.longValue()));
        return counts;
    }
}
