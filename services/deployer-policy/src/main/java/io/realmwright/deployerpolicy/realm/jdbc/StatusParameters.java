package io.realmwright.deployerpolicy.realm.jdbc;

import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.json.ForecastDocument;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.realm.Failure;
import io.realmwright.deployerpolicy.realm.Incarnation;
import io.realmwright.deployerpolicy.realm.Launch;
import io.realmwright.deployerpolicy.realm.Outgoing;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.realm.json.FailureDocument;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Writes what is wanted of a realm, and what has become of it, as the parameters of a statement. */
final class StatusParameters {
    private final Json json;

    StatusParameters(Json json) {
        this.json = json;
    }

    /** Every parameter has one type, null or not: PostgreSQL would parse and plan the statement anew for another one. */
    StatementSpec bind(Realm realm, StatementSpec statement) {
        RealmState state = realm.state();
        Optional<Launch> launch = state.lastLaunch();
        Optional<Incarnation> incarnation = state.lastIncarnation();
        Optional<Outgoing> outgoing = realm.wanted().outgoing();
        return statement
                .param("id", realm.id())
                .param("goal", realm.goal().name())
                .param("generation", realm.wanted().generation())
                .param("observedGeneration", realm.wanted().observedGeneration())
                .param("outgoingLaunchId", text(outgoing.map(Outgoing::launch)), Types.VARCHAR)
                .param("outgoingReason", text(outgoing.map(Outgoing::reason)), Types.VARCHAR)
                .param("phase", state.phase().name())
                .param("decisionId", text(state.lastDecision()), Types.VARCHAR)
                .param("host", text(state.lastHost()), Types.VARCHAR)
                .param("launchId", text(launch.map(Launch::id)), Types.VARCHAR)
                .param("bootId", text(launch.map(Launch::bootId)), Types.VARCHAR)
                .param("grantId", text(launch.map(Launch::grantId)), Types.VARCHAR)
                .param("plan", document(launch.map(Launch::plan).map(LaunchPlanDocument::of)), Types.VARCHAR)
                .param("agentRealm", text(incarnation.map(Incarnation::agentRealm)), Types.VARCHAR)
                .param("rim", text(incarnation.map(Incarnation::rim)), Types.VARCHAR)
                .param(
                        "rmiCallsTotal",
                        incarnation.map(Incarnation::rmiCallsTotal).orElse(null),
                        Types.BIGINT)
                .param(
                        "outcome",
                        document(incarnation.map(Incarnation::outcome).map(OutcomeDocument::of)),
                        Types.VARCHAR)
                .param("failure", document(failure(state).map(FailureDocument::of)), Types.VARCHAR)
                .param("refused", json.write(realm.refused()))
                .param("forecast", document(realm.forecast().map(ForecastDocument::of)), Types.VARCHAR)
                .param(
                        "granules",
                        realm.forecast().map(StatusParameters::granules).orElse(null),
                        Types.BIGINT)
                .param("conditions", json.write(realm.conditions()))
                .param("updatedAt", Timestamp.from(realm.updatedAt()));
    }

    private @Nullable String document(Optional<?> document) {
        return document.map(json::write).orElse(null);
    }

    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static Optional<Failure> failure(RealmState state) {
        return state instanceof RealmState.Failed failed ? Optional.of(failed.failure()) : Optional.empty();
    }

    private static long granules(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Ran ran -> ran.granules();
            case Forecast.RefusedByRmm _, Forecast.OutOfGranules _ -> 0;
        };
    }
}
