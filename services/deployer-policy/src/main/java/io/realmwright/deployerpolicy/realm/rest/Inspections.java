package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.ErrorResponseException;

/** Answers about what only the agent of a realm's host knows. */
final class Inspections {
    private static final int NOT_FOUND = 404;

    private Inspections() {}

    /** What was seen; otherwise the problem that tells why it was not. */
    static <T> T seen(Inspection<T> inspection) {
        return switch (inspection) {
            case Inspection.Seen<T>(var value) -> value;
            case Inspection.UnknownRealm<T>(var name) -> throw RealmController.unknown(name);
            case Inspection.NotLaunched<T>(var phase) ->
                throw Problem.REALM_NOT_LAUNCHED.because("No host has it: its phase is " + phase + ".");
            case Inspection.NotSeen<T>(var answer) -> throw problem(answer);
        };
    }

    private static ErrorResponseException problem(AgentAnswer<?> answer) {
        return switch (answer) {
            case AgentAnswer.Ok<?> _ -> throw new IllegalStateException("an answer is no problem");
            case AgentAnswer.NoAnswer<?>(var reason, var message) ->
                Problem.HOST_UNREACHABLE.because(message, Map.of("reason", reason));
            case AgentAnswer.Refused<?>(var refusal)
            when refusal.is("realm-gone") || refusal.status() == NOT_FOUND ->
                Problem.REALM_GONE.because(refusal.detail());
            case AgentAnswer.Refused<?>(var refusal) -> refused(refusal);
        };
    }

    private static ErrorResponseException refused(AgentProblem refusal) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("agentStatus", refusal.status());
        properties.put("agentProblem", refusal.slug());
        if (refusal.rmi() != null) {
            properties.put("rmi", RefusalDocument.of(refusal.rmi()));
        }
        return Problem.HOST_REFUSED.because(refusal.detail(), properties);
    }
}
