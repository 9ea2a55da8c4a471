package io.realmwright.hostagent.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The properties of one JSON object, read strictly. A wrong value is noted with its path and replaced by a harmless
 * one, so that one reading names everything that is wrong; {@link #read} then throws, and nobody sees the replacement.
 */
public final class Fields {
    private final String path;
    private final JsonNode object;
    private final Findings findings;
    private static final String NO_HEX = "must be a string of 0x and 1 to 16 hexadecimal digits";

    private final Set<String> known = new HashSet<>();

    private Fields(String path, JsonNode object, Findings findings) {
        this.path = path;
        this.object = object;
        this.findings = findings;
    }

    /**
     * Reads a whole document.
     *
     * @throws UnknownPropertiesException if it holds properties that {@code mapping} did not ask for
     * @throws InvalidFieldsException if it breaks rules, all of which are named
     */
    public static <T> T read(JsonNode document, Function<Fields, T> mapping) {
        var findings = new Findings();
        if (!document.isObject()) {
            throw new InvalidFieldsException("", "must be a JSON object");
        }
        T value = apply(new Fields("", document, findings), mapping);
        findings.throwIfAny();
        return value;
    }

    /** Notes that the property breaks a rule. */
    public void reject(String name, String message) {
        findings.violation(pathOf(name), message);
    }

    /** Whether the property is there and not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** A string of the form {@code syntax}; {@code rule} says in words what that is. */
    public String text(String name, Pattern syntax, String rule) {
        return optionalText(name, syntax, rule).orElseGet(() -> missing(name, ""));
    }

    /** As {@link #text}, empty if the property is absent. */
    public Optional<String> optionalText(String name, Pattern syntax, String rule) {
        var value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isString() || !syntax.matcher(value.stringValue()).matches()) {
            reject(name, rule);
            return Optional.of("");
        }
        return Optional.of(value.stringValue());
    }

    /** An address, below 2^63. */
    public long hex(String name) {
        return hex(name, 0, "must be below 2^63");
    }

    /** A size, below 2^63. */
    public long positiveHex(String name) {
        return hex(name, 1, "must be greater than 0 and below 2^63");
    }

    private long hex(String name, long min, String rule) {
        var value = value(name);
        if (value == null) {
            return missing(name, min);
        }
        var parsed = value.isString() ? Hex.parse(value.stringValue()) : OptionalLong.empty();
        if (parsed.isEmpty()) {
            reject(name, NO_HEX);
            return min;
        }
        if (parsed.getAsLong() < min) { // 2^63 and above are negative here
            reject(name, rule);
            return min;
        }
        return parsed.getAsLong();
    }

    /** A whole number from {@code min} to {@code max}. */
    public int integer(String name, int min, int max) {
        return has(name) ? integer(name, min, max, min) : missing(name, min);
    }

    /** A whole number from {@code min} to {@code max}, {@code otherwise} if the property is absent. */
    public int integer(String name, int min, int max, int otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            reject(name, "must be a whole number from " + min + " to " + max);
            return min;
        }
        return value.intValue();
    }

    /** True or false, {@code otherwise} if the property is absent. */
    public boolean bool(String name, boolean otherwise) {
        var value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            reject(name, "must be true or false");
            return otherwise;
        }
        return value.booleanValue();
    }

    /** A constant of {@code type} by its name. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        return Enum.valueOf(type, choice(name, names(type)));
    }

    /** A constant of {@code type} by its name, {@code otherwise} if the property is absent. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type, E otherwise) {
        return has(name) ? oneOf(name, type) : otherwise;
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    /** One of {@code choices}. */
    public String choice(String name, List<String> choices) {
        var value = value(name);
        if (value == null) {
            return missing(name, choices.getFirst());
        }
        if (!value.isString() || !choices.contains(value.stringValue())) {
            rejectChoice(name, choices);
            return choices.getFirst();
        }
        return value.stringValue();
    }

    /** Reads the rest of this object as one of several forms, named by the property {@code name}. */
    public <T> T variant(String name, Map<String, Function<Fields, T>> forms) {
        var value = value(name);
        var form = value != null && value.isString() ? forms.get(value.stringValue()) : null;
        if (form != null) {
            return form.apply(this);
        }
        if (value == null) {
            missing(name, "");
        } else {
            rejectChoice(name, new TreeSet<>(forms.keySet()));
        }
        known.addAll(object.propertyNames()); // which properties it may have depends on the form
        return forms.values().iterator().next().apply(nothing());
    }

    /** An object. */
    public <T> T object(String name, Function<Fields, T> mapping) {
        var value = value(name);
        if (value == null) {
            return mapping.apply(missing(name, nothing()));
        }
        return element(pathOf(name), value, mapping);
    }

    /** An array of at most {@code maxSize} objects. */
    public <T> List<T> list(String name, int maxSize, Function<Fields, T> mapping) {
        var value = value(name);
        if (value == null) {
            return missing(name, List.of());
        }
        if (!value.isArray() || value.size() > maxSize) {
            reject(name, "must be an array of at most " + maxSize + " elements");
            return List.of();
        }
        var list = new ArrayList<T>(value.size());
        for (int i = 0; i < value.size(); i++) {
            list.add(element(pathOf(name) + "[" + i + "]", value.get(i), mapping));
        }
        return list;
    }

    /** An array of at most {@code maxSize} 64-bit words, each a string like {@code "0x80000000"}; empty if it is absent. */
    public List<Long> words(String name, int maxSize) {
        var value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > maxSize) {
            reject(name, "must be an array of at most " + maxSize + " elements");
            return List.of();
        }
        var words = new ArrayList<Long>(value.size());
        for (int i = 0; i < value.size(); i++) {
            var word = value.get(i).isString() ? Hex.parse(value.get(i).stringValue()) : OptionalLong.empty();
            if (word.isEmpty()) {
                reject(name + "[" + i + "]", NO_HEX);
            }
            words.add(word.orElse(0));
        }
        return words;
    }

    private <T> T element(String elementPath, JsonNode element, Function<Fields, T> mapping) {
        if (!element.isObject()) {
            findings.violation(elementPath, "must be a JSON object");
            return mapping.apply(nothing());
        }
        return apply(new Fields(elementPath, element, findings), mapping);
    }

    private static <T> T apply(Fields fields, Function<Fields, T> mapping) {
        T value = mapping.apply(fields);
        fields.object.propertyNames().stream()
                .filter(name -> !fields.known.contains(name))
                .forEach(name -> fields.findings.unknownProperty(fields.pathOf(name)));
        return value;
    }

    /** An object without properties whose findings nobody reads: the replacement for one that is missing. */
    private static Fields nothing() {
        return new Fields("", JsonNodeFactory.instance.objectNode(), new Findings());
    }

    private <T> T missing(String name, T replacement) {
        reject(name, "is missing");
        return replacement;
    }

    private void rejectChoice(String name, Collection<String> choices) {
        reject(name, "must be one of " + choices.stream().collect(Collectors.joining(", ")));
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
