package io.realmwright.machine.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes RmiRealmParams and RmiRecParams for the RMM (reference sections 5.1 and 5.2). */
final class RealmParamsPage {
    private static final int IPA_BITS = 0x8;
    private static final int BREAKPOINTS = 0x18;
    private static final int WATCHPOINTS = 0x20;
    private static final int HASH_ALGORITHM = 0x30;
    private static final int RPV = 0x400;
    /** Behind it stand the root tables: address, level and number. */
    private static final int VMID = 0x800;

    private static final int REC_MPIDR = 0x100;
    private static final int REC_PC = 0x200;

    private final HostPages pages;
    private final long page;

    RealmParamsPage(HostPages pages, long page) {
        this.pages = pages;
        this.page = page;
    }

    /** RmiRealmParams; the VMID is one of RMI 1.0's, and not looked at by 2.0. */
    long writeRealm(int ipaBits, RealmConfig config, int vmid, long roots, int startLevel, int rootCount) {
        pages.zero(page);
        pages.write(page, IPA_BITS, ipaBits);
        pages.write(page, BREAKPOINTS, 1);
        pages.write(page, WATCHPOINTS, 1);
        pages.write(page, HASH_ALGORITHM, config.hash().code());
        pages.write(page, RPV, words(config.rpv().bytes()));
        pages.write(page, VMID, vmid, roots, startLevel, rootCount);
        return page;
    }

    long writeRec(boolean runnable, long mpidr, long pc) {
        pages.zero(page);
        pages.write(page, 0, runnable ? 1 : 0);
        pages.write(page, REC_MPIDR, mpidr);
        pages.write(page, REC_PC, pc);
        return page;
    }

    private static long[] words(byte[] bytes) {
        long[] words = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
        return words;
    }
}
