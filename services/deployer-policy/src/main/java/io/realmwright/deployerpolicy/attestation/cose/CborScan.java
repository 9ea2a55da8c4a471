package io.realmwright.deployerpolicy.attestation.cose;

import io.realmwright.deployerpolicy.attestation.Decoding.Defect;

/**
 * Walks over CBOR before the library sees it: one item, well-formed, in preferred encoding (RFC 8949, 4.1), of bounded depth
 * and size. A library that reads a length allocates it, and one that reads a level calls itself; here nothing is allocated
 * and the levels are counted.
 */
final class CborScan {
    private static final int DEPTH_MAX = 6;
    private static final int ITEMS_MAX = 512;

    private static final int BYTE_STRING = 2;
    private static final int TEXT_STRING = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int ONE_BYTE = 24;
    private static final int EIGHT_BYTES = 27;
    private static final int INDEFINITE = 31;

    private final byte[] bytes;
    private int position;
    private int items;

    private CborScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Ends quietly if the library may read the bytes. */
    static void check(byte[] bytes) throws MalformedToken {
        var scan = new CborScan(bytes);
        scan.item(0);
        if (scan.position != bytes.length) {
            throw new MalformedToken(
                    Defect.TRAILING_BYTES, (bytes.length - scan.position) + " bytes follow at " + scan.position + ".");
        }
    }

    private void item(int depth) throws MalformedToken {
        if (depth > DEPTH_MAX || ++items > ITEMS_MAX) {
            throw new MalformedToken(
                    Defect.TOO_COMPLEX,
                    "More than " + DEPTH_MAX + " levels or " + ITEMS_MAX + " items at " + position + ".");
        }
        int initial = next();
        int major = initial >> 5;
        int information = initial & 0x1f;
        if (major == SIMPLE) {
            throw new MalformedToken(
                    Defect.WRONG_TYPE,
                    "Tokens hold no floating-point numbers and no simple values, as at " + position + ".");
        }
        long argument = argument(information);
        switch (major) {
            case BYTE_STRING, TEXT_STRING -> skip(argument);
            case ARRAY -> items(argument, 1, depth);
            case MAP -> items(argument, 2, depth);
            case TAG -> item(depth + 1);
            default -> {} // an integer is its argument
        }
    }

    private void items(long count, int each, int depth) throws MalformedToken {
        // Every item takes a byte at least; so the product below cannot overflow.
        if (count < 0 || count > remaining()) {
            throw truncated();
        }
        for (long i = 0; i < count * each; i++) {
            item(depth + 1);
        }
    }

    private long argument(int information) throws MalformedToken {
        if (information < ONE_BYTE) {
            return information;
        }
        if (information == INDEFINITE) {
            throw new MalformedToken(Defect.NOT_PREFERRED_ENCODING, "Indefinite length at " + position + ".");
        }
        if (information > EIGHT_BYTES) {
            throw new MalformedToken(Defect.NOT_CBOR, "Reserved additional information at " + position + ".");
        }
        int width = 1 << (information - ONE_BYTE);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << Byte.SIZE | next();
        }
        if (isShorter(value, width)) {
            throw new MalformedToken(
                    Defect.NOT_PREFERRED_ENCODING, "A number longer than need be before " + position + ".");
        }
        return value;
    }

    /** Whether the value fits into half the width, or into the initial byte; values are unsigned. */
    private static boolean isShorter(long value, int width) {
        return width == 1 ? value < ONE_BYTE : Long.compareUnsigned(value, (1L << (width * Byte.SIZE / 2)) - 1) <= 0;
    }

    private void skip(long length) throws MalformedToken {
        if (length < 0 || length > remaining()) {
            throw truncated();
        }
        position += (int) length;
    }

    private int next() throws MalformedToken {
        if (remaining() == 0) {
            throw truncated();
        }
        return bytes[position++] & 0xff;
    }

    private int remaining() {
        return bytes.length - position;
    }

    private MalformedToken truncated() {
        return new MalformedToken(Defect.TRUNCATED, "A length points behind the end at " + position + ".");
    }
}
