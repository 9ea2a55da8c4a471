package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.hostagent.realm.CompletedStep;
import io.realmwright.hostagent.realm.Realm;
import io.realmwright.hostagent.realm.RealmState;
import io.realmwright.machine.spec.HashAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.JsonNode;

/** A realm as it is answered. */
record RealmBody(
        UUID id,
        UUID launchId,
        String name,
        String machine,
        UUID bootId,
        RealmState state,
        JsonNode plan,
        JsonNode spec,
        List<CompletedStep> steps,
        SortedMap<String, Long> rmiCalls,
        long rmiCallsTotal,
        @Nullable String rim,
        HashAlgorithm hashAlgorithm,
        @Nullable JsonNode outcome,
        @Nullable ProblemDetail failure,
        long leakedGranules,
        Instant createdAt,
        Instant updatedAt,
        boolean simulated) {
    static RealmBody of(Realm realm) {
        var request = realm.request();
        return new RealmBody(
                realm.id(),
                request.launchId(),
                request.name(),
                realm.machine(),
                realm.bootId(),
                realm.state(),
                LaunchPlanJson.write(request.plan()),
                RealmSpecJson.write(request.spec()),
                realm.steps(),
                realm.rmiCalls(),
                realm.rmiCalls().values().stream().mapToLong(Long::longValue).sum(),
                realm.rim(),
                request.spec().hashAlgorithm(),
                realm.outcome() == null ? null : OutcomeJson.write(realm.outcome()),
                realm.failure() == null ? null : FailureProblems.detail(realm.failure()),
                realm.leakedGranules(),
                realm.createdAt(),
                realm.updatedAt(),
                true);
    }
}
