package io.realmwright.deployerpolicy.json;

/** Addresses and sizes as JSON writes them. */
public final class Hex {
    private Hex() {}

    public static String of(long value) {
        return "0x" + Long.toHexString(value);
    }
}
