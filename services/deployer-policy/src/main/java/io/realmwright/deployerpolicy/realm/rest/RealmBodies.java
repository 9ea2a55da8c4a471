package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.decision.json.ForecastDocument;
import io.realmwright.deployerpolicy.decision.json.QuestionDocument;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.placement.HostRefusal;
import io.realmwright.deployerpolicy.realm.Condition;
import io.realmwright.deployerpolicy.realm.Incarnation;
import io.realmwright.deployerpolicy.realm.Launch;
import io.realmwright.deployerpolicy.realm.Phase;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmRequest.RestartPolicy;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.realm.Realms;
import io.realmwright.deployerpolicy.realm.Telling;
import io.realmwright.deployerpolicy.realm.json.FailureDocument;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.MemoryRunDocument;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.machine.memory.MemoryRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bodies of requests and answers about realms. */
final class RealmBodies {
    private RealmBodies() {}

    record NewRealm(
            @Nullable String name,
            @Nullable RealmSpecDocument spec,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable String policy,
            @Nullable Map<String, @Nullable String> hostSelector,
            @Nullable String restartPolicy) {
        Realms.Order read(Fields fields) {
            fields.required("name", name, "");
            Deciding.Question question =
                    new QuestionDocument(name, spec, labels, policy, hostSelector).read(fields, "unnamed");
            RestartPolicy restart = restartPolicy == null
                    ? RestartPolicy.NEVER
                    : fields.constant("restartPolicy", restartPolicy, RestartPolicy.class);
            return new Realms.Order(question, restart);
        }
    }

    record RealmBody(
            String name,
            Map<String, String> labels,
            @Nullable String policy,
            Map<String, String> hostSelector,
            RestartPolicy restartPolicy,
            RealmSpecDocument spec,
            long generation,
            Instant createdAt,
            Instant updatedAt,
            Status status) {
        static RealmBody of(Realm realm) {
            return new RealmBody(
                    realm.request().name(),
                    realm.request().labels().byKey(),
                    realm.request().policy().orElse(null),
                    realm.request().hostSelector().byKey(),
                    realm.request().restartPolicy(),
                    RealmSpecDocument.of(realm.request().spec()),
                    realm.wanted().generation(),
                    realm.createdAt(),
                    realm.updatedAt(),
                    Status.of(realm));
        }
    }

    /**
     * How far the realm is.
     *
     * @param reason a code that says more than the phase, of the condition that matters in it
     * @param observedGeneration the generation of the wish that was last acted on
     * @param forecast of the launch on the chosen host
     * @param plan as the host gets it
     */
    record Status(
            Phase phase,
            @Nullable String reason,
            @Nullable String message,
            long observedGeneration,
            @Nullable UUID decisionId,
            @Nullable String host,
            @Nullable UUID bootId,
            @Nullable UUID launchId,
            @Nullable UUID grantId,
            @Nullable LaunchPlanDocument plan,
            @Nullable UUID agentRealm,
            @Nullable ForecastDocument forecast,
            @Nullable String rim,
            @Nullable OutcomeDocument outcome,
            @Nullable Long rmiCallsTotal,
            @Nullable FailureDocument failure,
            List<HostRefusal> refusedHosts,
            List<Condition> conditions) {
        static Status of(Realm realm) {
            RealmState state = realm.state();
            var launch = state.lastLaunch();
            var incarnation = state.lastIncarnation();
            var telling = Telling.conditionOf(realm);
            return new Status(
                    realm.phase(),
                    telling.map(Condition::reason).orElse(null),
                    telling.map(Condition::message).orElse(null),
                    realm.wanted().observedGeneration(),
                    state.lastDecision().orElse(null),
                    state.lastHost().orElse(null),
                    launch.map(Launch::bootId).orElse(null),
                    launch.map(Launch::id).orElse(null),
                    launch.map(Launch::grantId).orElse(null),
                    launch.map(Launch::plan).map(LaunchPlanDocument::of).orElse(null),
                    incarnation.map(Incarnation::agentRealm).orElse(null),
                    realm.forecast().map(ForecastDocument::of).orElse(null),
                    incarnation.map(Incarnation::rim).orElse(null),
                    incarnation
                            .map(Incarnation::outcome)
                            .map(OutcomeDocument::of)
                            .orElse(null),
                    incarnation.map(Incarnation::rmiCallsTotal).orElse(null),
                    state instanceof RealmState.Failed failed ? FailureDocument.of(failed.failure()) : null,
                    realm.refused(),
                    realm.conditions());
        }
    }

    /** What a dry run comes to: the realm as it would be, without a decision that could be looked up. */
    record DryRun(RealmBody realm, DecisionDocument decision) {}

    record RealmList(
            List<RealmBody> realms,
            long lastEventId,
            @Nullable String nextPageToken) {}

    record PlacementBody(
            Phase phase, @Nullable String host, @Nullable UUID decisionId, List<HostRefusal> refusedHosts) {
        static PlacementBody of(Realm realm) {
            return new PlacementBody(
                    realm.phase(),
                    realm.state().lastHost().orElse(null),
                    realm.state().lastDecision().orElse(null),
                    realm.refused());
        }
    }

    record Memory(List<MemoryRunDocument> runs) {
        static Memory of(List<MemoryRun> runs) {
            return new Memory(runs.stream().map(MemoryRunDocument::of).toList());
        }
    }
}
