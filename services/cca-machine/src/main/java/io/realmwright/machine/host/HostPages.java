package io.realmwright.machine.host;

import io.realmwright.machine.rmm.PhysicalMemory;
import io.realmwright.machine.spec.Granule;
import java.util.Arrays;

/** The host's own pages, through which it hands structures to the RMM. Every write goes into the trace. */
final class HostPages {
    private final PhysicalMemory memory;
    private final Rmi rmi;

    HostPages(PhysicalMemory memory, Rmi rmi) {
        this.memory = memory;
        this.rmi = rmi;
    }

    void zero(long page) {
        memory.zeroGranule(page);
        rmi.log().trace().zeroed(page);
    }

    void write(long page, int offset, long... words) {
        for (int i = 0; i < words.length; i++) {
            memory.writeWord(page + offset + (long) i * Long.BYTES, words[i]);
        }
        rmi.log().trace().wrote(page, offset, words);
    }

    /** The granule of an image that begins at {@code offset}; the last one is padded with zeros. */
    void writeGranule(long page, byte[] image, int offset) {
        if (image.length - offset >= Granule.SIZE_BYTES) {
            memory.lend(page, image, offset);
        } else {
            memory.lend(page, Arrays.copyOfRange(image, offset, offset + Granule.SIZE_BYTES), 0);
        }
        rmi.log().trace().wroteGranule(page, image, offset);
    }

    long read(long page, int offset) {
        return memory.readWord(page + offset);
    }
}
