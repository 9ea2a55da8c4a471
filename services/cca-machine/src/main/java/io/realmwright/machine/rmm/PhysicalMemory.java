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

    private final long base;
    private final long count;
    /** By chunk and granule; null where all is zero. */
    private final @Nullable Page[] @Nullable [] chunks;

    PhysicalMemory(long base, long count) {
        this.base = base;
        this.count = count;
        this.chunks = new Page[Math.toIntExact((count + CHUNK - 1) >>> CHUNK_SHIFT)][];
    }

    /** The 64-bit little-endian word at an 8-byte aligned address. */
    public long readWord(long address) {
        Page page = page(address);
        return (long) WORD.get(page.bytes, page.offset + offset(address));
    }

    /** Writes a 64-bit little-endian word at an 8-byte aligned address. */
    public void writeWord(long address, long value) {
        Page page = pageForWriting(address);
        if (page != null) {
            WORD.set(page.bytes, page.offset + offset(address), value);
        }
    }

    /** Copies out; the range may not cross a granule. */
    public void read(long address, byte[] into, int offset, int length) {
        Page page = page(address);
        System.arraycopy(page.bytes, page.offset + offset(address), into, offset, length);
    }

    /** Copies in; the range may not cross a granule. */
    public void write(long address, byte[] from, int offset, int length) {
        Page page = pageForWriting(address);
        if (page != null) {
            System.arraycopy(from, offset, page.bytes, page.offset + offset(address), length);
        }
    }

    /** Gives a whole granule contents that nobody will ever change, without a copy. */
    public void lend(long address, byte[] bytes, int offset) {
        put(indexOf(address), Page.lent(bytes, offset));
    }

    public void zeroGranule(long address) {
        put(indexOf(address), null);
    }

    /** Zeroes neighbours, all of which are DRAM. */
    void zeroGranules(long first, int granules) {
        int index = indexOf(first);
        int end = index + granules;
        while (index < end) {
            int endOfChunk = Math.min((index | (CHUNK - 1)) + 1, end);
            @Nullable Page[] chunk = chunks[index >>> CHUNK_SHIFT];
            if (chunk != null) {
                int from = index & (CHUNK - 1);
                Arrays.fill(chunk, from, from + endOfChunk - index, null);
            }
            index = endOfChunk;
        }
    }

    /** Copies a whole granule: really, once one of the two is written. */
    void copyGranule(long from, long to) {
        Page page = find(indexOf(from));
        if (page != null) {
            page.shared = true;
        }
        put(indexOf(to), page);
    }

    /** The contents of the granule that holds {@code address}, for reading only. */
    private Page page(long address) {
        Page page = find(indexOf(address));
        return page == null ? Page.ZEROS : page;
    }

    /** The contents of the granule that holds {@code address}, and of no other; null outside DRAM. */
    private @Nullable Page pageForWriting(long address) {
        int index = indexOf(address);
        if (index < 0) {
            return null;
        }
        Page page = find(index);
        if (page != null && !page.shared) {
            return page;
        }
        Page own = page == null ? Page.ofZeros() : page.copy();
        put(index, own);
        return own;
    }

    /** Null if all is zero and nobody has written it. */
    private @Nullable Page find(int index) {
        @Nullable Page[] chunk = index < 0 ? null : chunks[index >>> CHUNK_SHIFT];
        return chunk == null ? null : chunk[index & (CHUNK - 1)];
    }

    /** Ignores addresses outside DRAM; zeros make no chunk. */
    private void put(int index, @Nullable Page page) {
        if (index < 0) {
            return;
        }
        @Nullable Page[] chunk = chunks[index >>> CHUNK_SHIFT];
        if (chunk == null) {
            if (page == null) {
                return;
            }
            chunk = new Page[CHUNK];
            chunks[index >>> CHUNK_SHIFT] = chunk;
        }
        chunk[index & (CHUNK - 1)] = page;
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
