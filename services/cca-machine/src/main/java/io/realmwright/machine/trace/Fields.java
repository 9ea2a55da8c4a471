package io.realmwright.machine.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The members of one JSON object, each taken once with its type; what nobody took is an unknown key. */
final class Fields {
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern LEVEL = Pattern.compile("-1|[0-3]");

    private final Map<String, Json> members;

    Fields(Json.Members object) {
        this.members = object.byName();
    }

    static Fields of(String what, Json value) throws TraceFormatException {
        if (value instanceof Json.Members object) {
            return new Fields(object);
        }
        throw wrongType(what, "an object", value);
    }

    Set<String> keys() {
        return members.keySet();
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    Json take(String key) throws TraceFormatException {
        Json value = members.remove(key);
        if (value == null) {
            throw new TraceFormatException("the key \"" + key + "\" is missing");
        }
        return value;
    }

    Fields object(String key) throws TraceFormatException {
        return of("\"" + key + "\"", take(key));
    }

    String text(String key) throws TraceFormatException {
        return text("\"" + key + "\"", take(key));
    }

    long integer(String key) throws TraceFormatException {
        return integer("\"" + key + "\"", take(key));
    }

    TraceNumber number(String key) throws TraceFormatException {
        return number("\"" + key + "\"", take(key));
    }

    List<TraceNumber> numbers(String key, int countMax) throws TraceFormatException {
        return numbers("\"" + key + "\"", take(key), countMax);
    }

    List<Json> items(String key) throws TraceFormatException {
        return items("\"" + key + "\"", take(key));
    }

    byte[] bytes(String key) throws TraceFormatException {
        String digits = text(key);
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException notHex) {
            throw new TraceFormatException("\"" + key + "\" is not an even number of hexadecimal digits");
        }
    }

    /** A number below 2^63 that may not be a token. */
    long plain(String key) throws TraceFormatException {
        if (number(key) instanceof TraceNumber.Plain(long value) && value >= 0) {
            return value;
        }
        throw new TraceFormatException("\"" + key + "\" must be a plain number below 2^63");
    }

    void end() throws TraceFormatException {
        if (!members.isEmpty()) {
            Collection<String> unknown = members.keySet();
            throw new TraceFormatException((unknown.size() == 1 ? "unknown key " : "unknown keys ") + quoted(unknown));
        }
    }

    static String quoted(Collection<String> words) {
        return "\"" + String.join("\", \"", words) + "\"";
    }

    static String text(String what, Json value) throws TraceFormatException {
        if (value instanceof Json.Text(String text)) {
            return text;
        }
        throw wrongType(what, "a string", value);
    }

    static long integer(String what, Json value) throws TraceFormatException {
        if (value instanceof Json.Numeral(String literal)
                && INTEGER.matcher(literal).matches()) {
            return Long.parseLong(literal);
        }
        throw wrongType(what, "a whole number from 0", value);
    }

    /** An RTT level, -1 to 3. */
    static long level(String what, Json value) throws TraceFormatException {
        if (value instanceof Json.Numeral(String literal)
                && LEVEL.matcher(literal).matches()) {
            return Long.parseLong(literal);
        }
        throw wrongType(what, "a level from -1 to 3", value);
    }

    static TraceNumber number(String what, Json value) throws TraceFormatException {
        return TraceNumber.parse(text(what, value));
    }

    static List<TraceNumber> numbers(String what, Json value, int countMax) throws TraceFormatException {
        return numbers(what, items(what, value), countMax);
    }

    static List<TraceNumber> numbers(String what, List<Json> values, int countMax) throws TraceFormatException {
        if (values.size() > countMax) {
            throw new TraceFormatException(what + " holds " + values.size() + " numbers, at most " + countMax + " fit");
        }
        List<TraceNumber> numbers = new ArrayList<>(values.size());
        for (Json value : values) {
            numbers.add(number(what, value));
        }
        return numbers;
    }

    static List<Json> items(String what, Json value) throws TraceFormatException {
        if (value instanceof Json.Items(List<Json> values)) {
            return values;
        }
        throw wrongType(what, "an array", value);
    }

    private static TraceFormatException wrongType(String what, String expected, Json actual) {
        String found = actual instanceof Json.Numeral(String literal) ? literal : actual.kind();
        return new TraceFormatException(what + " must be " + expected + ", not " + found);
    }
}
