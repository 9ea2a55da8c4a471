package io.realmwright.machine.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259), strictly: no trailing comma, no comment, no duplicate name, nothing behind the
 * value. Depth and number of values are limited, so a hostile text costs no more than its length.
 */
final class JsonReader {
    static final int DEPTH_MAX = 16;
    static final int VALUES_MAX = 4_000_000;

    private static final char END = '\0';

    private final String text;
    private int at;
    private int depth;
    private int values;

    private JsonReader(String text) {
        this.text = text;
    }

    static Json read(String text) throws JsonSyntaxException {
        var reader = new JsonReader(text);
        reader.skipSpace();
        Json value = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.error("nothing may follow the value");
        }
        return value;
    }

    private Json value() throws JsonSyntaxException {
        if (++values > VALUES_MAX) {
            throw error("more than " + VALUES_MAX + " values");
        }
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 't' -> literal("true", Json.Literal.TRUE);
            case 'f' -> literal("false", Json.Literal.FALSE);
            case 'n' -> literal("null", Json.Literal.NULL);
            default -> throw error(at == text.length() ? "the text ends where a value should stand" : "no value here");
        };
    }

    private Json object() throws JsonSyntaxException {
        descend();
        Map<String, Json> members = new LinkedHashMap<>();
        if (!emptyUntil('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw error("a name in double quotes expected");
                }
                int nameAt = at;
                String name = string();
                skipSpace();
                expect(':');
                skipSpace();
                if (members.put(name, value()) != null) {
                    throw error("the name \"" + name + "\" stands twice", nameAt);
                }
                skipSpace();
            } while (commaOr('}'));
        }
        depth--;
        return new Json.Members(members);
    }

    private Json array() throws JsonSyntaxException {
        descend();
        List<Json> items = new ArrayList<>();
        if (!emptyUntil(']')) {
            do {
                skipSpace();
                items.add(value());
                skipSpace();
            } while (commaOr(']'));
        }
        depth--;
        return new Json.Items(items);
    }

    /** Steps over the opening bracket. */
    private void descend() throws JsonSyntaxException {
        if (++depth > DEPTH_MAX) {
            throw error("nested deeper than " + DEPTH_MAX);
        }
        at++;
    }

    private boolean emptyUntil(char closing) {
        skipSpace();
        if (peek() == closing) {
            at++;
            return true;
        }
        return false;
    }

    private boolean commaOr(char closing) throws JsonSyntaxException {
        if (peek() == ',') {
            at++;
            return true;
        }
        if (peek() != closing) {
            throw error("',' or '" + closing + "' expected");
        }
        at++;
        return false;
    }

    private String string() throws JsonSyntaxException {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            rejectControl(c);
            at++;
        }
        throw error("the text ends inside a string");
    }

    /** A string with at least one escape; {@code at} is on the first backslash. */
    private String escapedString(int start) throws JsonSyntaxException {
        var value = new StringBuilder().append(text, start, at);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\') {
                value.append(escape());
            } else {
                rejectControl(c);
                value.append(c);
                at++;
            }
        }
        throw error("the text ends inside a string");
    }

    private void rejectControl(char c) throws JsonSyntaxException {
        if (c < ' ') {
            throw error("a control character inside a string");
        }
    }

    private char escape() throws JsonSyntaxException {
        at++;
        char escaped = switch (peek()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("no such escape");
        };
        at++;
        return escaped;
    }

    /** Leaves {@code at} on the last of the four digits. */
    private char unicode() throws JsonSyntaxException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            int digit = hexDigit(peek());
            if (digit < 0) {
                throw error("four hexadecimal digits expected");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** The value of an ASCII hexadecimal digit, or -1; {@link Character#digit} would take other scripts' digits too. */
    static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private Json number() throws JsonSyntaxException {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        return new Json.Numeral(text.substring(start, at));
    }

    private void digits() throws JsonSyntaxException {
        if (!isDigit(peek())) {
            throw error("a digit expected");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return '0' <= c && c <= '9';
    }

    private Json literal(String word, Json value) throws JsonSyntaxException {
        if (!text.startsWith(word, at)) {
            throw error("no value here");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) throws JsonSyntaxException {
        if (peek() != c) {
            throw error("'" + c + "' expected");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private JsonSyntaxException error(String message) {
        return error(message, at);
    }

    private static JsonSyntaxException error(String message, int index) {
        return new JsonSyntaxException(message, index + 1);
    }
}
