package io.realmwright.machine.oracle;

import java.util.List;

/** X0 to X4 of an answered call. */
public record Answer(long x0, long x1, long x2, long x3, long x4) {
    static final Answer INPUT = status(1);
    static final Answer REALM = status(2);
    static final Answer REC = status(3);
    static final Answer DONE = status(0);

    public static Answer of(long[] x) {
        return new Answer(x[0], x[1], x[2], x[3], x[4]);
    }

    static Answer status(long status) {
        return new Answer(status, 0, 0, 0, 0);
    }

    /** RMI_ERROR_RTT at a level. */
    static Answer rtt(int level) {
        return status(4 | level << 8);
    }

    static Answer done(long x1) {
        return new Answer(0, x1, 0, 0, 0);
    }

    Answer andX2(long value) {
        return new Answer(x0, x1, value, x3, x4);
    }

    @Override
    public String toString() {
        return List.of(x0, x1, x2, x3, x4).stream()
                .map(word -> "0x" + Long.toHexString(word))
                .toList()
                .toString();
    }
}
