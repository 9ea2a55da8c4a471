package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.host.rest.AgentProblems;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;

/** Answers about what only the agent of a realm's host knows. */
final class Inspections {
    private Inspections() {}

    /** What was seen; otherwise the problem that tells why it was not. */
    static <T> T seen(Inspection<T> inspection) {
        return switch (inspection) {
            case Inspection.Seen<T>(var value) -> value;
            case Inspection.UnknownRealm<T>(var name) -> throw RealmController.unknown(name);
            case Inspection.NotLaunched<T>(var phase) ->
                throw Problem.REALM_NOT_LAUNCHED.because("No host has it: its phase is " + phase + ".");
            case Inspection.NotSeen<T>(var answer) -> throw AgentProblems.of(answer);
        };
    }
}
