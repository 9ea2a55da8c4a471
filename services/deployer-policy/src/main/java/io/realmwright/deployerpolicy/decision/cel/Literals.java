package io.realmwright.deployerpolicy.decision.cel;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Values of an evaluation as CEL would write them. */
final class Literals {
    private static final int MAX_CHARACTERS = 200;

    private Literals() {}

    static String of(Object value) {
        String text = literal(value);
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    private static String literal(Object value) {
        return switch (value) {
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Collection<?> elements ->
                elements.stream().map(Literals::literal).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> entries ->
                entries.entrySet().stream()
                        .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> String.valueOf(value);
        };
    }
}
