package io.realmwright.machine.trace;

import java.util.List;
import java.util.Map;

/** A JSON value as it was read. */
sealed interface Json {
    /** An object; its members in the order of the text. */
    record Members(Map<String, Json> byName) implements Json {}

    record Items(List<Json> values) implements Json {}

    record Text(String value) implements Json {}

    /** A number in the spelling of the text, so that nothing is lost in a conversion. */
    record Numeral(String literal) implements Json {}

    enum Literal implements Json {
        TRUE,
        FALSE,
        NULL
    }

    /** What this value is called in a message to people. */
    default String kind() {
        return switch (this) {
            case Members _ -> "an object";
            case Items _ -> "an array";
            case Text _ -> "a string";
            case Numeral _ -> "a number";
            case Literal _ -> "a literal";
        };
    }
}
