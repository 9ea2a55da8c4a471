package io.realmwright.machine.trace;

/**
 * Writes compact JSON into one buffer that is used again for the next text. The caller keeps to the grammar; commas
 * are set here.
 */
final class JsonWriter {
    private static final String HEX_DIGITS = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(256);

    /** Takes the text written so far and starts a new one. */
    String take() {
        String written = text.toString();
        text.setLength(0);
        return written;
    }

    JsonWriter beginObject() {
        separate().append('{');
        return this;
    }

    JsonWriter endObject() {
        text.append('}');
        return this;
    }

    JsonWriter beginArray() {
        separate().append('[');
        return this;
    }

    JsonWriter endArray() {
        text.append(']');
        return this;
    }

    JsonWriter name(String name) {
        quote(name);
        text.append(':');
        return this;
    }

    /** A name such as {@code "0x500"}. */
    JsonWriter hexName(long value) {
        hex(value);
        text.append(':');
        return this;
    }

    JsonWriter string(String value) {
        quote(value);
        return this;
    }

    JsonWriter number(long value) {
        separate().append(value);
        return this;
    }

    /** A string such as {@code "0x1f"}: 64 bits, unsigned. */
    JsonWriter hex(long value) {
        separate().append('"');
        appendHex(text, value);
        text.append('"');
        return this;
    }

    /** A string of two hexadecimal digits a byte. */
    JsonWriter bytes(byte[] from, int offset, int length) {
        separate().append('"');
        for (int i = offset; i < offset + length; i++) {
            text.append(HEX_DIGITS.charAt(from[i] >> 4 & 0xF)).append(HEX_DIGITS.charAt(from[i] & 0xF));
        }
        text.append('"');
        return this;
    }

    static void appendHex(StringBuilder to, long value) {
        to.append("0x");
        int digits = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 3) / 4);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            to.append(HEX_DIGITS.charAt((int) (value >>> shift) & 0xF));
        }
    }

    private StringBuilder separate() {
        if (!text.isEmpty()) {
            char last = text.charAt(text.length() - 1);
            if (last != '{' && last != '[' && last != ':') {
                text.append(',');
            }
        }
        return text;
    }

    private void quote(String value) {
        separate().append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(HEX_DIGITS.charAt(c >> 4)).append(HEX_DIGITS.charAt(c & 0xF));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
