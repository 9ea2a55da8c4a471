package io.realmwright.machine.spec;

/** A run of IPAs, {@code [base, base + sizeBytes)}. Alignment is a rule of whoever uses it, not of the range. */
public record IpaRange(Ipa base, long sizeBytes) {
    public IpaRange {
        if (sizeBytes <= 0 || base.value() > Long.MAX_VALUE - sizeBytes) {
            throw new IllegalArgumentException(
                    "a range has a positive size and ends below 2^63: " + base + " + 0x" + Long.toHexString(sizeBytes));
        }
    }

    public static IpaRange of(long base, long sizeBytes) {
        return new IpaRange(new Ipa(base), sizeBytes);
    }

    public long start() {
        return base.value();
    }

    /** The first address after the range. */
    public long top() {
        return base.value() + sizeBytes;
    }

    public boolean isGranuleAligned() {
        return Granule.isAligned(base.value()) && Granule.isAligned(sizeBytes);
    }

    public boolean contains(IpaRange other) {
        return start() <= other.start() && other.top() <= top();
    }

    public boolean contains(long ipa) {
        return start() <= ipa && ipa < top();
    }

    public boolean overlaps(IpaRange other) {
        return start() < other.top() && other.start() < top();
    }

    @Override
    public String toString() {
        return "[" + base + ", 0x" + Long.toHexString(top()) + ")";
    }
}
