package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import java.util.Arrays;

/** The contents of a granule, or of several that hold the same. */
final class Page {
    static final Page ZEROS = new Page(new byte[Granule.SIZE_BYTES], 0, true);

    final byte[] bytes;
    /** Where in {@link #bytes} the granule begins. */
    final int offset;
    /** Somebody else has these bytes too: they are not written, but replaced. */
    boolean shared;

    private Page(byte[] bytes, int offset, boolean shared) {
        this.bytes = bytes;
        this.offset = offset;
        this.shared = shared;
    }

    static Page ofZeros() {
        return new Page(new byte[Granule.SIZE_BYTES], 0, false);
    }

    /** A granule of bytes that nobody changes, without a copy. */
    static Page lent(byte[] bytes, int offset) {
        return new Page(bytes, offset, true);
    }

    /** The same contents for one granule alone. */
    Page copy() {
        return new Page(Arrays.copyOfRange(bytes, offset, offset + Granule.SIZE_BYTES), 0, false);
    }
}
