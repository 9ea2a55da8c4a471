package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.json.ForecastDocument;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.placement.HostRefusal;
import io.realmwright.deployerpolicy.realm.Condition;
import io.realmwright.deployerpolicy.realm.Goal;
import io.realmwright.deployerpolicy.realm.Incarnation;
import io.realmwright.deployerpolicy.realm.Launch;
import io.realmwright.deployerpolicy.realm.Outgoing;
import io.realmwright.deployerpolicy.realm.Phase;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmRequest;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.realm.Wanted;
import io.realmwright.deployerpolicy.realm.json.FailureDocument;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;

/** Reads a realm from its row. The constraints of the table promise that what a phase needs is there. */
final class RealmRow implements RowMapper<Realm> {
    private final Json json;
    private final CommonDocuments<RealmSpec> specs;
    private final CommonDocuments<LaunchPlan> plans;
    private final CommonDocuments<Forecast> forecasts;
    private final CommonDocuments<Labels> labels;
    private final CommonDocuments<List<HostRefusal>> refusals;
    private final CommonDocuments<Outcome> outcomes;

    RealmRow(Json json) {
        this.json = json;
        this.specs = new CommonDocuments<>(
                text -> json.read(text, RealmSpecDocument.class).readStored());
        this.plans = new CommonDocuments<>(
                text -> json.read(text, LaunchPlanDocument.class).readStored());
        this.forecasts = new CommonDocuments<>(
                text -> json.read(text, ForecastDocument.class).readStored());
        this.labels = new CommonDocuments<>(text -> Labels.of(json.read(text, new TypeReference<>() {})));
        this.refusals =
                new CommonDocuments<>(text -> List.copyOf(json.read(text, new TypeReference<List<HostRefusal>>() {})));
        this.outcomes = new CommonDocuments<>(
                text -> json.read(text, OutcomeDocument.class).read(new Fields(), "outcome"));
    }

    @Override
    public Realm mapRow(ResultSet row, int number) throws SQLException {
        var request = new RealmRequest(
                row.getString("name"),
                specs.read(row.getString("spec")),
                labels.read(row.getString("labels")),
                Optional.ofNullable(row.getString("policy")),
                labels.read(row.getString("host_selector")),
                RealmRequest.RestartPolicy.valueOf(row.getString("restart_policy")));
        String forecast = row.getString("forecast");
        return new Realm(
                row.getObject("id", UUID.class),
                request,
                wanted(row),
                state(row),
                refusals.read(row.getString("refused")),
                Optional.ofNullable(forecast).map(forecasts::read),
                json.read(row.getString("conditions"), new TypeReference<List<Condition>>() {}),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getLong("version"));
    }

    private static Wanted wanted(ResultSet row) throws SQLException {
        UUID outgoing = row.getObject("outgoing_launch_id", UUID.class);
        return new Wanted(
                Goal.valueOf(row.getString("goal")),
                outgoing == null
                        ? Optional.empty()
                        : Optional.of(
                                new Outgoing(outgoing, Outgoing.Reason.valueOf(row.getString("outgoing_reason")))),
                row.getLong("generation"),
                row.getLong("observed_generation"));
    }

    private RealmState state(ResultSet row) throws SQLException {
        Optional<Launch> launch = launch(row);
        Optional<Incarnation> incarnation = incarnation(row);
        return switch (Phase.valueOf(row.getString("phase"))) {
            case PENDING -> new RealmState.Pending();
            case DECIDED -> new RealmState.Decided(row.getObject("decision_id", UUID.class));
            case PLACED -> new RealmState.Placed(row.getObject("decision_id", UUID.class), row.getString("host"));
            case LAUNCHING -> new RealmState.Launching(launch.orElseThrow());
            case ACTIVE -> new RealmState.Active(launch.orElseThrow(), incarnation.orElseThrow());
            case RUNNING -> new RealmState.Running(launch.orElseThrow(), incarnation.orElseThrow());
            case STOPPED -> new RealmState.Stopped(launch, incarnation);
            case DENIED -> new RealmState.Denied(row.getObject("decision_id", UUID.class));
            case FAILED ->
                new RealmState.Failed(
                        launch.orElseThrow(),
                        incarnation,
                        json.read(row.getString("failure"), FailureDocument.class)
                                .readStored());
            case LOST -> new RealmState.Lost(launch.orElseThrow(), incarnation);
            case DELETING -> throw new IllegalStateException("deleting is a goal and never stored as a phase");
        };
    }

    private Optional<Launch> launch(ResultSet row) throws SQLException {
        UUID id = row.getObject("launch_id", UUID.class);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(new Launch(
                id,
                row.getObject("decision_id", UUID.class),
                row.getString("host"),
                row.getObject("boot_id", UUID.class),
                row.getObject("grant_id", UUID.class),
                plans.read(row.getString("plan"))));
    }

    private Optional<Incarnation> incarnation(ResultSet row) throws SQLException {
        UUID agentRealm = row.getObject("agent_realm", UUID.class);
        if (agentRealm == null) {
            return Optional.empty();
        }
        String outcome = row.getString("outcome");
        return Optional.of(new Incarnation(
                agentRealm,
                row.getString("rim"),
                row.getLong("rmi_calls_total"),
                outcome == null ? null : outcomes.read(outcome)));
    }
}
