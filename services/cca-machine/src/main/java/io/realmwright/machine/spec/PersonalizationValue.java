package io.realmwright.machine.spec;

import java.util.HexFormat;

/** The Realm Personalization Value: 64 opaque bytes, 128 lower-case hexadecimal digits, reported in the token. */
public record PersonalizationValue(String hex) {
    public static final int SIZE_BYTES = 64;
    public static final PersonalizationValue ZERO = new PersonalizationValue("00".repeat(SIZE_BYTES));

    public PersonalizationValue {
        if (!hex.matches("[0-9a-f]{128}")) {
            throw new IllegalArgumentException("an RPV is 64 bytes, written as 128 lower-case hexadecimal digits");
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    public boolean isZero() {
        return equals(ZERO);
    }
}
