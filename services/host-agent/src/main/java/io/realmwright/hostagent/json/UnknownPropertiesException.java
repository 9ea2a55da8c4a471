package io.realmwright.hostagent.json;

import io.realmwright.machine.spec.Violation;
import java.util.List;

/** A JSON document holds properties that its schema does not have. */
public final class UnknownPropertiesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> properties;

    UnknownPropertiesException(List<Violation> properties) {
        super("unknown properties: " + properties);
        this.properties = List.copyOf(properties);
    }

    public List<Violation> properties() {
        return properties;
    }
}
