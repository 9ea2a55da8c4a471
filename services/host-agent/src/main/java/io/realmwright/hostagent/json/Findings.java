package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one JSON document: properties that nobody knows, and values that break a rule. */
final class Findings {
    private final List<Violation> unknownProperties = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    void unknownProperty(String path) {
        unknownProperties.add(new Violation(path, "unknown property"));
    }

    void violation(String path, String message) {
        violations.add(new Violation(path, message));
    }

    /** A document with unknown properties was not understood, so what else it says is not judged. */
    void throwIfAny() {
        if (!unknownProperties.isEmpty()) {
            throw new UnknownPropertiesException(unknownProperties);
        }
        if (!violations.isEmpty()) {
            throw new InvalidFieldsException(violations);
        }
    }
}
