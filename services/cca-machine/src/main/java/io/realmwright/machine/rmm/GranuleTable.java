package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import org.jspecify.annotations.Nullable;

/**
 * The state of every granule of DRAM and, for RD, REC and RTT granules, the object that lives in it. Chunks of 4096
 * granules appear when the first of them leaves the host's hands, so that an idle terabyte costs a few pointers.
 */
final class GranuleTable {
    private static final int CHUNK_SHIFT = 12;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int UNKNOWN = -1;

    private final long base;
    private final int count;
    private final byte[] @Nullable [] states;
    private final @Nullable Object[] @Nullable [] objects;
    private final long[] countByState = new long[GranuleState.values().length];

    /** @param count number of granules, at most 2^28 (1 TiB) */
    GranuleTable(long base, long count) {
        this.base = base;
        this.count = Math.toIntExact(count);
        int chunks = (this.count + CHUNK - 1) >>> CHUNK_SHIFT;
        this.states = new byte[chunks][];
        this.objects = new Object[chunks][];
        countByState[GranuleState.NS.code()] = count;
    }

    private int indexOf(long address) {
        long offset = address - base;
        if ((offset & (Granule.SIZE_BYTES - 1)) != 0) {
            return UNKNOWN;
        }
        long index = offset >>> Granule.SHIFT;
        return index < count ? (int) index : UNKNOWN;
    }

    /** Whether {@code address} is granule aligned and inside DRAM. */
    boolean isKnown(long address) {
        return indexOf(address) != UNKNOWN;
    }

    /** Whether {@code address} is a known granule in this state; one failing test for every way to be wrong. */
    boolean is(long address, GranuleState state) {
        int index = indexOf(address);
        return index != UNKNOWN && codeAt(index) == state.code();
    }

    /** Whether all {@code granules} from {@code address} on are known and in this state. */
    boolean areAll(long address, int granules, GranuleState state) {
        int first = indexOf(address);
        if (first == UNKNOWN || granules > count - first) {
            return false;
        }
        for (int index = first; index < first + granules; index++) {
            if (codeAt(index) != state.code()) {
                return false;
            }
        }
        return true;
    }

    /** The state of a known granule. */
    GranuleState state(long address) {
        return GranuleState.of((byte) codeAt(indexOf(address)));
    }

    private int codeAt(int index) {
        byte[] chunk = states[index >>> CHUNK_SHIFT];
        return chunk == null ? 0 : chunk[index & (CHUNK - 1)];
    }

    /** Changes a known granule's state; what lived in it is gone. */
    void become(long address, GranuleState state) {
        int index = indexOf(address);
        byte[] chunk = states[index >>> CHUNK_SHIFT];
        if (chunk == null) {
            chunk = new byte[CHUNK];
            states[index >>> CHUNK_SHIFT] = chunk;
        }
        int within = index & (CHUNK - 1);
        countByState[chunk[within]]--;
        countByState[state.code()]++;
        chunk[within] = state.code();
        @Nullable Object[] inhabitants = objects[index >>> CHUNK_SHIFT];
        if (inhabitants != null) {
            inhabitants[within] = null;
        }
    }

    void becomeAll(long address, int granules, GranuleState state) {
        for (int i = 0; i < granules; i++) {
            become(address + ((long) i << Granule.SHIFT), state);
        }
    }

    /** Changes a known granule's state and lets {@code inhabitant} live in it. */
    void become(long address, GranuleState state, Object inhabitant) {
        become(address, state);
        int index = indexOf(address);
        @Nullable Object[] inhabitants = objects[index >>> CHUNK_SHIFT];
        if (inhabitants == null) {
            inhabitants = new Object[CHUNK];
            objects[index >>> CHUNK_SHIFT] = inhabitants;
        }
        inhabitants[index & (CHUNK - 1)] = inhabitant;
    }

    private @Nullable Object inhabitant(long address) {
        int index = indexOf(address);
        if (index == UNKNOWN) {
            return null;
        }
        @Nullable Object[] inhabitants = objects[index >>> CHUNK_SHIFT];
        return inhabitants == null ? null : inhabitants[index & (CHUNK - 1)];
    }

    /** The realm whose RD granule this is, null if it is none. */
    @Nullable
    Realm realm(long address) {
        return inhabitant(address) instanceof Realm realm ? realm : null;
    }

    /** The vCPU whose REC granule this is, null if it is none. */
    @Nullable
    Rec rec(long address) {
        return inhabitant(address) instanceof Rec rec ? rec : null;
    }

    /** The table in this granule, null if it is none. */
    @Nullable
    Rtt findRtt(long address) {
        return inhabitant(address) instanceof Rtt rtt ? rtt : null;
    }

    /** The table in this granule, which a table entry names. */
    Rtt rtt(long address) {
        Rtt rtt = findRtt(address);
        if (rtt == null) {
            throw new BrokenInvariant("a table entry names 0x" + Long.toHexString(address) + ", which is no RTT");
        }
        return rtt;
    }

    long countOf(GranuleState state) {
        return countByState[state.code()];
    }

    /** Every granule that is not NS, in ascending order. */
    void forEachUsed(GranuleVisitor visitor) {
        for (int chunk = 0; chunk < states.length; chunk++) {
            byte[] codes = states[chunk];
            if (codes == null) {
                continue;
            }
            for (int within = 0; within < CHUNK; within++) {
                if (codes[within] != 0) {
                    long index = ((long) chunk << CHUNK_SHIFT) + within;
                    visitor.visit(index, GranuleState.of(codes[within]), refcount(base + (index << Granule.SHIFT)));
                }
            }
        }
    }

    /** The reference count of the granule's inhabitant; 0 without one. */
    int refcount(long address) {
        return switch (inhabitant(address)) {
            case Realm realm -> realm.liveRecs;
            case Rtt rtt -> rtt.refcount;
            case null, default -> 0;
        };
    }
}
