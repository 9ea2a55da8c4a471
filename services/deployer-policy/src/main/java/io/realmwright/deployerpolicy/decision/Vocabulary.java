package io.realmwright.deployerpolicy.decision;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What rules speak of: no other change of the facts can make them answer otherwise.
 *
 * @param fields paths as rules write them, for example {@code realm.vcpus}; a label as {@code labels.team}, and {@code
 *     labels} alone if a rule looks at all of them
 * @param strings every string that they write or that they came across
 * @param numbers every int that they write or that they came across
 */
public record Vocabulary(Set<String> fields, Set<String> strings, Set<Long> numbers) {
    public Vocabulary {
        fields = Set.copyOf(fields);
        strings = Set.copyOf(strings);
        numbers = Set.copyOf(numbers);
    }

    /** All that several rules speak of. */
    public static Vocabulary of(Stream<Vocabulary> parts) {
        var fields = new TreeSet<String>();
        var strings = new TreeSet<String>();
        var numbers = new TreeSet<Long>();
        parts.forEach(part -> {
            fields.addAll(part.fields);
            strings.addAll(part.strings);
            numbers.addAll(part.numbers);
        });
        return new Vocabulary(fields, strings, numbers);
    }

    /** Whether the field is spoken of, itself or through what holds it. */
    boolean speaksOf(String path) {
        return fields.stream().anyMatch(field -> path.equals(field) || path.startsWith(field + "."));
    }

    /** The names below {@code path} that are spoken of, such as the keys of labels. */
    Stream<String> below(String path) {
        String prefix = path + ".";
        return fields.stream().filter(field -> field.startsWith(prefix)).map(field -> field.substring(prefix.length()));
    }
}
