package io.realmwright.hostagent.json;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Addresses, sizes and registers as they are written in JSON: {@code "0x80000000"}. */
public final class Hex {
    private static final Pattern SYNTAX = Pattern.compile("0x[0-9a-fA-F]{1,16}");

    private Hex() {}

    public static String of(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** The unsigned 64-bit value of {@code text}; empty if it is not {@code 0x} and 1 to 16 hexadecimal digits. */
    public static OptionalLong parse(String text) {
        return SYNTAX.matcher(text).matches()
                ? OptionalLong.of(Long.parseUnsignedLong(text, 2, text.length(), 16))
                : OptionalLong.empty();
    }
}
