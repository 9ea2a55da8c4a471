package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The contents of DRAM. A granule costs memory only once something other than zeros is in it, and a copy of it only once
 * one of the two is written; addresses outside DRAM read as zero and ignore writes. Who may access what is the RMM's
 * business, not this class's.
 */
public final class PhysicalMemory {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK_SHIFT = 12;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final byte[] ZEROS = new byte[Granule.SIZE_BYTES];

    /** Neighbouring granules. */
    private static final class Chunk {
        /** Null where all is zero. */
        private final byte[] @Nullable [] granules = new byte[CHUNK][];
        /** A bit for each granule whose bytes another one may have too: they are not written, but replaced. */
        private final long[] shared = new long[CHUNK / Long.SIZE];

        void put(int within, byte @Nullable [] bytes, boolean isShared) {
            granules[within] = bytes;
            long bit = 1L << within;
            if (isShared) {
                shared[within / Long.SIZE] |= bit;
            } else {
                shared[within / Long.SIZE] &= ~bit;
            }
        }

        boolean isShared(int within) {
            return (shared[within / Long.SIZE] & 1L << within) != 0;
        }

        void zero(int from, int to) {
            Arrays.fill(granules, from, to, null);
        }
    }

    private final long base;
    private final long count;
    private final @Nullable Chunk[] chunks;

    PhysicalMemory(long base, long count) {
        this.base = base;
        this.count = count;
        this.chunks = new Chunk[Math.toIntExact((count + CHUNK - 1) >>> CHUNK_SHIFT)];
    }

    /** The 64-bit little-endian word at an 8-byte aligned address. */
    public long readWord(long address) {
        return (long) WORD.get(granuleForReading(address), offset(address));
    }

    /** Writes a 64-bit little-endian word at an 8-byte aligned address. */
    public void writeWord(long address, long value) {
        byte[] granule = granuleForWriting(address);
        if (granule != null) {
            WORD.set(granule, offset(address), value);
        }
    }

    /** Copies out; the range may not cross a granule. */
    public void read(long address, byte[] into, int offset, int length) {
        System.arraycopy(granuleForReading(address), offset(address), into, offset, length);
    }

    /** Copies in; the range may not cross a granule. */
    public void write(long address, byte[] from, int offset, int length) {
        if (length == Granule.SIZE_BYTES) {
            replace(address, from, offset);
            return;
        }
        byte[] granule = granuleForWriting(address);
        if (granule != null) {
            System.arraycopy(from, offset, granule, offset(address), length);
        }
    }

    /** Writes a whole granule, and does not first find out what was there. */
    private void replace(long address, byte[] from, int offset) {
        int index = indexOf(address);
        if (index >= 0) {
            byte[] bytes = Arrays.copyOfRange(from, offset, offset + Granule.SIZE_BYTES);
            chunkFor(index).put(index & (CHUNK - 1), bytes, false);
        }
    }

    public void zeroGranule(long address) {
        int index = indexOf(address);
        Chunk chunk = index < 0 ? null : chunks[index >>> CHUNK_SHIFT];
        if (chunk != null) {
            chunk.granules[index & (CHUNK - 1)] = null;
        }
    }

    /** Zeroes neighbours, all of which are DRAM. */
    void zeroGranules(long first, int granules) {
        int index = indexOf(first);
        int end = index + granules;
        while (index < end) {
            int endOfChunk = Math.min((index | (CHUNK - 1)) + 1, end);
            Chunk chunk = chunks[index >>> CHUNK_SHIFT];
            if (chunk != null) {
                int from = index & (CHUNK - 1);
                chunk.zero(from, from + endOfChunk - index);
            }
            index = endOfChunk;
        }
    }

    /** Copies a whole granule. */
    void copyGranule(long from, long to) {
        int source = indexOf(from);
        byte[] bytes = find(source);
        int target = indexOf(to);
        if (bytes == null) {
            zeroGranule(to);
        } else if (target >= 0) {
            chunkFor(source).put(source & (CHUNK - 1), bytes, true);
            chunkFor(target).put(target & (CHUNK - 1), bytes, true);
        }
    }

    /** The bytes of the granule that holds {@code address}, for reading only, and only until the next write. */
    byte[] granuleForReading(long address) {
        byte[] granule = find(indexOf(address));
        return granule == null ? ZEROS : granule;
    }

    /** The bytes of a granule; null if they are all zero and nobody has written them. */
    private byte @Nullable [] find(int index) {
        Chunk chunk = index < 0 ? null : chunks[index >>> CHUNK_SHIFT];
        return chunk == null ? null : chunk.granules[index & (CHUNK - 1)];
    }

    /** The bytes of the granule that holds {@code address}, and of no other; null outside DRAM. */
    private byte @Nullable [] granuleForWriting(long address) {
        int index = indexOf(address);
        if (index < 0) {
            return null;
        }
        Chunk chunk = chunkFor(index);
        int within = index & (CHUNK - 1);
        byte[] granule = chunk.granules[within];
        if (granule == null) {
            granule = new byte[Granule.SIZE_BYTES];
            chunk.put(within, granule, false);
        } else if (chunk.isShared(within)) {
            granule = granule.clone();
            chunk.put(within, granule, false);
        }
        return granule;
    }

    private Chunk chunkFor(int index) {
        Chunk chunk = chunks[index >>> CHUNK_SHIFT];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[index >>> CHUNK_SHIFT] = chunk;
        }
        return chunk;
    }

    /** The number of the granule that holds an address, negative outside DRAM. */
    private int indexOf(long address) {
        long index = (address - base) >>> Granule.SHIFT;
        return index < count ? (int) index : -1;
    }

    private static int offset(long address) {
        return (int) address & (Granule.SIZE_BYTES - 1);
    }
}
