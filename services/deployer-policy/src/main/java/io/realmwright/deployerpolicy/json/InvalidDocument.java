package io.realmwright.deployerpolicy.json;

import io.realmwright.machine.spec.Violation;
import java.util.List;

/** A JSON document that says something impossible; the answer to its sender names every field. */
public final class InvalidDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidDocument(List<Violation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
