package io.realmwright.machine.host;

import io.realmwright.machine.rmm.PhysicalMemory;
import io.realmwright.machine.spec.Granule;

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

    void writeGranule(long page, byte[] bytes) {
        memory.write(page, bytes, 0, Granule.SIZE_BYTES);
        rmi.log().trace().wroteGranule(page, bytes);
    }

    long read(long page, int offset) {
        return memory.readWord(page + offset);
    }
}
