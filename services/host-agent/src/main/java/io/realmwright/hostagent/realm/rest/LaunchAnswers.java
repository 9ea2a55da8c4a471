package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.InvalidFieldsException;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.LaunchAnswer;
import io.realmwright.hostagent.realm.LaunchFailure;
import io.realmwright.hostagent.realm.Realm;
import java.net.URI;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** What came of a launch, in HTTP. */
final class LaunchAnswers {
    private LaunchAnswers() {}

    static ResponseEntity<RealmBody> answer(LaunchAnswer answer) {
        return switch (answer) {
            case LaunchAnswer.Launched(var realm) ->
                ResponseEntity.created(location(realm)).body(RealmBody.of(realm));
            case LaunchAnswer.Repeated(var realm) ->
                ResponseEntity.ok().location(location(realm)).body(RealmBody.of(realm));
            case LaunchAnswer.Failed(var realm, var failure) -> throw failed(realm, failure);
            case LaunchAnswer.LaunchIdUsed(var realm) ->
                throw Problem.LAUNCH_ID_USED.because(
                        "A launch id is honoured once; the realm of this one is " + realm.state() + ".",
                        Map.of("launchId", realm.request().launchId(), "realm", realm.id()));
            case LaunchAnswer.LaunchRevoked(var launchId) ->
                throw Problem.LAUNCH_REVOKED.because(
                        "This launch was called off; nothing comes of it.", Map.of("launchId", launchId));
            case LaunchAnswer.GrantRefused(var reason) ->
                throw Problem.GRANT_REFUSED.because(
                        "No launch: " + reason.explanation() + ".", Map.of("reason", reason));
            case LaunchAnswer.PlanUnavailable(var reasons) ->
                throw Problem.PLAN_UNAVAILABLE.because(
                        FailureProblems.explain(reasons), Map.of("reasons", FailureProblems.names(reasons)));
            case LaunchAnswer.ImagesUnknown(var violations) ->
                throw Problem.UNKNOWN_IMAGE.because(
                        "PUT every image that errors names first.", Map.of("errors", violations));
            case LaunchAnswer.Invalid(var violations) -> throw new InvalidFieldsException(violations);
        };
    }

    private static ErrorResponseException failed(Realm realm, LaunchFailure failure) {
        var detail = FailureProblems.detail(failure);
        detail.setProperty("realm", realm.id());
        return new ErrorResponseException(FailureProblems.problem(failure).status(), detail, null);
    }

    private static URI location(Realm realm) {
        return URI.create("/v1/machines/" + realm.machine() + "/realms/" + realm.id());
    }
}
