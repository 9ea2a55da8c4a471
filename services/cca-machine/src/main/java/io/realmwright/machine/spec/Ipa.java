package io.realmwright.machine.spec;

/** An intermediate physical address: what a realm believes to be physical. Written {@code 0x80000000}. */
public record Ipa(long value) implements Comparable<Ipa> {
    public Ipa {
        if (value < 0) {
            throw new IllegalArgumentException("an IPA has at most 63 bits: 0x" + Long.toHexString(value));
        }
    }

    @Override
    public int compareTo(Ipa other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(value);
    }
}
