package io.realmwright.deployerpolicy.host.rest;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.ErrorResponseException;

/** What is answered when an agent was asked about one of its realms and gave no answer. */
public final class AgentProblems {
    private static final int NOT_FOUND = 404;

    private AgentProblems() {}

    public static ErrorResponseException of(AgentAnswer<?> answer) {
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
