package io.realmwright.deployerpolicy.decision.rest;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.policy.RuleError;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.machine.spec.Violation;
import java.util.List;
import java.util.Map;

/** What came of a question, or the problem that kept it from being decided. */
final class Answers {
    private Answers() {}

    static Deciding.Answer.Decided decided(Deciding.Tried answer) {
        return switch (answer) {
            case Deciding.Answer.Decided decided -> decided;
            case Deciding.Answer.Invalid(var violations) -> throw Problem.INVALID_REQUEST.at(violations);
            case Deciding.Answer.UnknownImages(var violations) -> throw Problem.UNKNOWN_IMAGE.at(violations);
            case Deciding.Answer.UnknownPolicy(var name) ->
                throw Problem.UNKNOWN_POLICY.because("No policy " + name + " is published.");
            case Deciding.Tried.UnknownHost(var name) ->
                throw Problem.INVALID_REQUEST.at(
                        List.of(new Violation("host", "names no host whose profile is known: " + name)));
            case Deciding.Tried.DraftDoesNotCompile(var errors) ->
                throw Problem.INVALID_POLICY.because(
                        "The draft's rules have errors.",
                        Map.of("errors", errors.stream().map(Answers::ofDraft).toList()));
        };
    }

    private static RuleError ofDraft(RuleError error) {
        return new RuleError("draft." + error.field(), error.message(), error.line(), error.column());
    }
}
