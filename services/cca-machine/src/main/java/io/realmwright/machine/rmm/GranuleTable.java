package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The state of every granule of DRAM and, for RD, REC and RTT granules, the object that lives in it. Chunks of 4096
 * granules appear when the first of them leaves the host's hands, and a chunk whose granules are all alike costs no
 * table: neither an idle terabyte nor one that is mapped in blocks takes more than a few pointers.
 */
final class GranuleTable {
    private static final int CHUNK_SHIFT = 12;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int UNKNOWN = -1;
    private static final int STATES = GranuleState.values().length;

    /** The states of a chunk whose granules are all in one state, by code; never written. */
    private static final byte[][] UNIFORM = new byte[STATES][CHUNK];

    static {
        for (int code = 0; code < STATES; code++) {
            Arrays.fill(UNIFORM[code], (byte) code);
        }
    }

    /** Neighbouring granules. */
    private static final class Chunk {
        byte[] states = UNIFORM[GranuleState.NS.code()];
        /** All granules are in one state, and {@link #states} is one of {@link #UNIFORM}. */
        boolean uniform = true;

        @Nullable
        Object @Nullable [] inhabitants;

        /** Number of granules by the code of their state. */
        final short[] counts = new short[STATES];

        Chunk() {
            counts[GranuleState.NS.code()] = CHUNK;
        }

        @Nullable
        Object inhabitant(int within) {
            return inhabitants == null ? null : inhabitants[within];
        }
    }

    private final long base;
    private final int count;
    private final @Nullable Chunk[] chunks;
    private final long[] countByState = new long[STATES];
    /** A table that a chunk gave back when its granules became alike, for the next chunk that needs one. */
    private byte @Nullable [] spare;

    /** @param count number of granules, at most 2^28 (1 TiB) */
    GranuleTable(long base, long count) {
        this.base = base;
        this.count = Math.toIntExact(count);
        this.chunks = new Chunk[(this.count + CHUNK - 1) >>> CHUNK_SHIFT];
        countByState[GranuleState.NS.code()] = count;
    }

    private int indexOf(long address) {
        long offset = address - base;
        long index = offset >>> Granule.SHIFT;
        return index < count && Granule.isAligned(offset) ? (int) index : UNKNOWN;
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
        byte[] alike = UNIFORM[state.code()];
        int end = first + granules;
        for (int index = first; index < end; index = endOfChunk(index, end)) {
            int from = index & (CHUNK - 1);
            int to = from + endOfChunk(index, end) - index;
            if (!Arrays.equals(statesAround(index), from, to, alike, from, to)) {
                return false;
            }
        }
        return true;
    }

    /** The first index behind {@code index} that is in another chunk, or {@code end}. */
    private static int endOfChunk(int index, int end) {
        return Math.min((index | (CHUNK - 1)) + 1, end);
    }

    private byte[] statesAround(int index) {
        Chunk chunk = chunks[index >>> CHUNK_SHIFT];
        return chunk == null ? UNIFORM[GranuleState.NS.code()] : chunk.states;
    }

    /** The state of a known granule. */
    GranuleState state(long address) {
        return GranuleState.of((byte) codeAt(indexOf(address)));
    }

    private int codeAt(int index) {
        return statesAround(index)[index & (CHUNK - 1)];
    }

    /** Changes a known granule's state; what lived in it is gone. */
    void become(long address, GranuleState state) {
        int index = indexOf(address);
        Chunk chunk = chunkFor(index);
        int within = index & (CHUNK - 1);
        if (chunk.inhabitants != null) {
            chunk.inhabitants[within] = null;
        }
        change(chunk, within, 1, GranuleState.of(chunk.states[within]), state);
    }

    /** Changes the state of granules that are all in state {@code from}, in which nothing lives. */
    void becomeAll(long address, int granules, GranuleState from, GranuleState to) {
        int first = indexOf(address);
        int end = first + granules;
        for (int index = first; index < end; index = endOfChunk(index, end)) {
            change(chunkFor(index), index & (CHUNK - 1), endOfChunk(index, end) - index, from, to);
        }
    }

    /** Changes a known granule's state and lets {@code inhabitant} live in it. */
    void become(long address, GranuleState state, Object inhabitant) {
        become(address, state);
        int index = indexOf(address);
        Chunk chunk = chunkFor(index);
        if (chunk.inhabitants == null) {
            chunk.inhabitants = new Object[CHUNK];
        }
        chunk.inhabitants[index & (CHUNK - 1)] = inhabitant;
    }

    private Chunk chunkFor(int index) {
        Chunk chunk = chunks[index >>> CHUNK_SHIFT];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[index >>> CHUNK_SHIFT] = chunk;
        }
        return chunk;
    }

    private void change(Chunk chunk, int within, int granules, GranuleState from, GranuleState to) {
        countByState[from.code()] -= granules;
        countByState[to.code()] += granules;
        chunk.counts[from.code()] -= (short) granules;
        chunk.counts[to.code()] += (short) granules;
        if (chunk.counts[to.code()] == CHUNK) {
            spare = chunk.uniform ? spare : chunk.states;
            chunk.states = UNIFORM[to.code()];
            chunk.uniform = true;
            return;
        }
        if (chunk.uniform) {
            chunk.states = tableLike(chunk.states);
            chunk.uniform = false;
        }
        if (granules == 1) {
            chunk.states[within] = to.code();
        } else {
            Arrays.fill(chunk.states, within, within + granules, to.code());
        }
    }

    private byte[] tableLike(byte[] states) {
        byte[] reused = spare;
        if (reused == null) {
            return states.clone();
        }
        spare = null;
        System.arraycopy(states, 0, reused, 0, CHUNK);
        return reused;
    }

    private @Nullable Object inhabitant(long address) {
        int index = indexOf(address);
        Chunk chunk = index == UNKNOWN ? null : chunks[index >>> CHUNK_SHIFT];
        return chunk == null ? null : chunk.inhabitant(index & (CHUNK - 1));
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

    long countOf(GranuleState state) {
        return countByState[state.code()];
    }

    /** Every granule that is not NS, in ascending order. */
    void forEachUsed(GranuleVisitor visitor) {
        for (int number = 0; number < chunks.length; number++) {
            Chunk chunk = chunks[number];
            if (chunk == null || chunk.counts[GranuleState.NS.code()] == CHUNK) {
                continue;
            }
            for (int within = 0; within < CHUNK; within++) {
                byte code = chunk.states[within];
                if (code != GranuleState.NS.code()) {
                    long index = ((long) number << CHUNK_SHIFT) + within;
                    visitor.visit(index, GranuleState.of(code), refcountOf(chunk.inhabitant(within)));
                }
            }
        }
    }

    /** The reference count of the granule's inhabitant; 0 without one. */
    int refcount(long address) {
        return refcountOf(inhabitant(address));
    }

    private static int refcountOf(@Nullable Object inhabitant) {
        return switch (inhabitant) {
            case Realm realm -> realm.liveRecs;
            case Rtt rtt -> rtt.refcount;
            case null, default -> 0;
        };
    }
}
