package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The contents of DRAM. A granule costs memory only once something other than zeros is in it; addresses outside DRAM
 * read as zero and ignore writes. Who may access what is the RMM's business, not this class's.
 */
public final class PhysicalMemory {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK_SHIFT = 9;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final byte[] ZEROS = new byte[Granule.SIZE_BYTES];

    private final long base;
    private final long count;
    private final byte[] @Nullable [] @Nullable [] chunks;

    PhysicalMemory(long base, long count) {
        this.base = base;
        this.count = count;
        this.chunks = new byte[Math.toIntExact((count + CHUNK - 1) >>> CHUNK_SHIFT)][][];
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
        byte[] granule = granuleForWriting(address);
        if (granule != null) {
            System.arraycopy(from, offset, granule, offset(address), length);
        }
    }

    public void zeroGranule(long address) {
        long index = indexOf(address);
        if (index >= 0) {
            byte[] @Nullable [] chunk = chunks[(int) (index >>> CHUNK_SHIFT)];
            if (chunk != null) {
                chunk[(int) index & (CHUNK - 1)] = null;
            }
        }
    }

    /** Copies a whole granule. */
    void copyGranule(long from, long to) {
        byte[] source = find(from);
        if (source == null) {
            zeroGranule(to);
        } else {
            write(to, source, 0, Granule.SIZE_BYTES);
        }
    }

    /** The bytes of the granule that holds {@code address}, for reading only. */
    byte[] granuleForReading(long address) {
        byte[] granule = find(address);
        return granule == null ? ZEROS : granule;
    }

    /** The bytes of a granule; null if they are all zero and nobody has written them. */
    private byte @Nullable [] find(long address) {
        long index = indexOf(address);
        byte[] @Nullable [] chunk = index < 0 ? null : chunks[(int) (index >>> CHUNK_SHIFT)];
        return chunk == null ? null : chunk[(int) index & (CHUNK - 1)];
    }

    private byte @Nullable [] granuleForWriting(long address) {
        long index = indexOf(address);
        if (index < 0) {
            return null;
        }
        byte[] @Nullable [] chunk = chunks[(int) (index >>> CHUNK_SHIFT)];
        if (chunk == null) {
            chunk = new byte[CHUNK][];
            chunks[(int) (index >>> CHUNK_SHIFT)] = chunk;
        }
        byte[] granule = chunk[(int) index & (CHUNK - 1)];
        if (granule == null) {
            granule = new byte[Granule.SIZE_BYTES];
            chunk[(int) index & (CHUNK - 1)] = granule;
        }
        return granule;
    }

    private long indexOf(long address) {
        long index = (address - base) >>> Granule.SHIFT;
        return index < count ? index : -1;
    }

    private static int offset(long address) {
        return (int) address & (Granule.SIZE_BYTES - 1);
    }
}
