package io.realmwright.machine.trace;

import java.util.regex.Pattern;

/**
 * A 64-bit number as a trace spells it. Tokens name addresses and handles without their values, so that a trace
 * replays on a machine with another DRAM base.
 */
sealed interface TraceNumber {
    Pattern PLAIN = Pattern.compile("(?<sign>-?)0x(?<digits>[0-9a-fA-F]{1,16})");
    Pattern TOKEN = Pattern.compile("(?<base>[gdh])(?<index>0|[1-9][0-9]{0,19})(?:\\+0x(?<offset>[0-9a-fA-F]{1,16}))?");

    /** {@code 0x1f}: a number that means itself, unsigned; {@code -0x2} is its two's complement. */
    record Plain(long value) implements TraceNumber {
        @Override
        public String toString() {
            return hex(value);
        }
    }

    /** {@code g12+0x4}: DRAM base + 12 · 4096 + 4. */
    record Dram(long index, long offset) implements TraceNumber {
        @Override
        public String toString() {
            return "g" + Long.toUnsignedString(index) + plus(offset);
        }
    }

    /** {@code d3}: device base + 3 · 4096. */
    record Device(long index, long offset) implements TraceNumber {
        @Override
        public String toString() {
            return "d" + Long.toUnsignedString(index) + plus(offset);
        }
    }

    /** {@code h2}: the third handle that the machine handed out, whatever its value. */
    record Handle(int index) implements TraceNumber {
        @Override
        public String toString() {
            return "h" + index;
        }
    }

    static TraceNumber parse(String text) throws TraceFormatException {
        var plain = PLAIN.matcher(text);
        if (plain.matches()) {
            long magnitude = Long.parseUnsignedLong(plain.group("digits"), 16);
            return new Plain(plain.group("sign").isEmpty() ? magnitude : -magnitude);
        }
        var token = TOKEN.matcher(text);
        if (!token.matches()) {
            throw new TraceFormatException("\"" + text + "\" is no number: \"0x…\", \"gN\", \"dN\" or \"hN\" expected");
        }
        long index = index(text, token.group("index"));
        String offsetDigits = token.group("offset");
        long offset = offsetDigits == null ? 0 : Long.parseUnsignedLong(offsetDigits, 16);
        return switch (token.group("base")) {
            case "g" -> new Dram(index, offset);
            case "d" -> new Device(index, offset);
            default -> handle(text, index, offsetDigits != null);
        };
    }

    /** Unsigned: indexes far outside the DRAM wrap around, as addresses do. */
    private static long index(String text, String digits) throws TraceFormatException {
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException tooLarge) {
            throw new TraceFormatException("the index of \"" + text + "\" does not fit 64 bits");
        }
    }

    private static Handle handle(String text, long index, boolean hasOffset) throws TraceFormatException {
        if (hasOffset || index < 0 || index > Integer.MAX_VALUE) {
            throw new TraceFormatException("\"" + text + "\" is no handle: they are opaque and counted from h0");
        }
        return new Handle((int) index);
    }

    static String hex(long value) {
        var text = new StringBuilder(18);
        JsonWriter.appendHex(text, value);
        return text.toString();
    }

    private static String plus(long offset) {
        return offset == 0 ? "" : "+" + hex(offset);
    }
}
