package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.LaunchFailure;
import io.realmwright.machine.host.Unavailability;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.ProblemDetail;

/** A failed launch as a problem: the same in the answer to the launch and in the record of the realm. */
final class FailureProblems {
    private FailureProblems() {}

    static Problem problem(LaunchFailure failure) {
        return switch (failure) {
            case LaunchFailure.RefusedByRmm _ -> Problem.RMI_REFUSED;
            case LaunchFailure.OutOfGranules _ -> Problem.OUT_OF_GRANULES;
            case LaunchFailure.OutOfVmids _ -> Problem.OUT_OF_VMIDS;
            case LaunchFailure.Unavailable _ -> Problem.PLAN_UNAVAILABLE;
            case LaunchFailure.Invalid _ -> Problem.INVALID_REQUEST;
        };
    }

    static ProblemDetail detail(LaunchFailure failure) {
        var problem = problem(failure);
        return switch (failure) {
            case LaunchFailure.RefusedByRmm(var step, var refusal) ->
                problem.detail(
                        "The RMM answered " + refusal.command() + " with " + refusal.status() + " in step " + step
                                + "; the launch was torn down.",
                        Map.of("step", step, "rmi", OutcomeJson.write(refusal)));
            case LaunchFailure.OutOfGranules(var step) ->
                problem.detail(
                        "The machine ran out of granules in step " + step + "; the launch was torn down.",
                        Map.of("step", step));
            case LaunchFailure.OutOfVmids(var step) ->
                problem.detail(
                        "The machine has no VMID for another realm in step " + step + "; the launch was torn down.",
                        Map.of("step", step));
            case LaunchFailure.Unavailable(var reasons) ->
                problem.detail(explain(reasons), Map.of("reasons", names(reasons)));
            case LaunchFailure.Invalid(var violations) ->
                problem.detail("The machine refused the launch as it was asked for.", Map.of("errors", violations));
        };
    }

    static String explain(Set<Unavailability> reasons) {
        return reasons.stream().sorted().map(Unavailability::explanation).collect(Collectors.joining("; ", "", "."));
    }

    static List<String> names(Set<Unavailability> reasons) {
        return reasons.stream().sorted().map(Unavailability::name).toList();
    }
}
