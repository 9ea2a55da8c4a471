package io.realmwright.deployerpolicy.json;

import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON document into domain values and collects everything that is wrong, each with its path.
 *
 * <p>A reader answers a harmless placeholder for a wrong field and goes on, so that one answer names all mistakes;
 * whoever uses what was read calls {@link #throwIfAny()} first.
 */
public final class Fields {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{1,16}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final List<Violation> violations = new ArrayList<>();

    public void reject(String field, String message) {
        violations.add(new Violation(field, message));
    }

    public void rejectAll(List<Violation> found) {
        violations.addAll(found);
    }

    /** Takes over what was found in a part of the document, which stands at this path. */
    public void rejectAll(String path, Fields part) {
        part.violations.forEach(violation -> reject(path + "." + violation.field(), violation.message()));
    }

    public boolean foundNothing() {
        return violations.isEmpty();
    }

    /** Ends the reading with an {@link InvalidDocument} if anything was wrong. */
    public void throwIfAny() {
        if (!violations.isEmpty()) {
            throw new InvalidDocument(violations);
        }
    }

    /** The value, or {@code placeholder} and a complaint if it is missing. */
    public <T> T required(String field, @Nullable T value, T placeholder) {
        if (value == null) {
            reject(field, "is required");
            return placeholder;
        }
        return value;
    }

    /** A number of at most 63 bits written {@code 0x80000000}. */
    public long number(String field, @Nullable String text) {
        if (text == null) {
            reject(field, "is required");
            return 0;
        }
        if (!ADDRESS.matcher(text).matches()) {
            reject(field, "is written in hexadecimal digits as 0x80000000");
            return 0;
        }
        long value = Long.parseUnsignedLong(text, 2, text.length(), 16);
        if (value < 0) {
            reject(field, "has at most 63 bits");
            return 0;
        }
        return value;
    }

    public Ipa ipa(String field, @Nullable String text) {
        return new Ipa(number(field, text));
    }

    /** A range of fields {@code base} and {@code size} of the object at {@code path}. */
    public IpaRange range(String path, @Nullable String base, @Nullable String size) {
        long start = number(path + ".base", base);
        long sizeBytes = number(path + ".size", size);
        if (size != null && sizeBytes == 0 && ADDRESS.matcher(size).matches()) {
            reject(path + ".size", "is more than zero");
        } else if (start > Long.MAX_VALUE - sizeBytes) {
            reject(path, "ends below 2^63");
        } else if (sizeBytes > 0) {
            return IpaRange.of(start, sizeBytes);
        }
        return IpaRange.of(0, 1);
    }

    /** An integer from {@code min} to {@code max}; {@code absent} if it is not given. */
    public int integer(String field, @Nullable Integer value, int absent, int min, int max) {
        if (value == null) {
            return absent;
        }
        if (value < min || value > max) {
            reject(field, "is " + min + " to " + max);
            return absent;
        }
        return value;
    }

    /** The constant of that name; the first one and a complaint if there is none. */
    public <E extends Enum<E>> E constant(String field, @Nullable String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        reject(field, name == null ? "is required" : "is one of " + String.join(", ", names(constants)));
        return constants[0];
    }

    /** The name of a policy, realm or host: a DNS label. */
    public String name(String field, @Nullable String value) {
        if (value == null) {
            reject(field, "is required");
            return "";
        }
        if (!NAME.matcher(value).matches()) {
            reject(field, "has 1 to 63 lower-case letters, digits and inner hyphens");
        }
        return value;
    }

    /** 64 lower-case hexadecimal digits. */
    public String sha256(String field, @Nullable String value) {
        if (value == null || !SHA_256.matcher(value).matches()) {
            reject(field, "is a SHA-256 digest of 64 lower-case hexadecimal digits");
            return "0".repeat(64);
        }
        return value;
    }

    public String text(String field, @Nullable String value, int maxLength) {
        if (value == null) {
            return "";
        }
        if (value.length() > maxLength) {
            reject(field, "has at most " + maxLength + " characters");
        }
        return value;
    }

    /** Every element of a list by {@code reader}, which is told the element's path. */
    public <D, T> List<T> list(
            String field, @Nullable List<@Nullable D> documents, int max, BiFunction<D, String, T> reader) {
        if (documents == null) {
            return List.of();
        }
        if (documents.size() > max) {
            reject(field, "has at most " + max + " elements");
            return List.of();
        }
        var read = new ArrayList<T>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            String path = field + "[" + i + "]";
            D document = documents.get(i);
            if (document == null) {
                reject(path, "is not null");
            } else {
                read.add(reader.apply(document, path));
            }
        }
        return List.copyOf(read);
    }

    /** As {@link #list}, but at least one element must be there. */
    public <D, T> List<T> nonEmptyList(
            String field, @Nullable List<@Nullable D> documents, int max, BiFunction<D, String, T> reader) {
        if (documents == null || documents.isEmpty()) {
            reject(field, "has at least one element");
        }
        return list(field, documents, max, reader);
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
