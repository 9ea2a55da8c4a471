package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.Violation;
import java.util.List;

/** Fields of a request break a rule; every one of them is named. */
public final class InvalidFieldsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidFieldsException(List<Violation> violations) {
        super("invalid fields: " + violations);
        this.violations = List.copyOf(violations);
    }

    public InvalidFieldsException(String field, String message) {
        this(List.of(new Violation(field, message)));
    }

    public List<Violation> violations() {
        return violations;
    }
}
