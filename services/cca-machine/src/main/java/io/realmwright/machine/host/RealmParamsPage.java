package io.realmwright.machine.host;

import io.realmwright.machine.spec.HashAlgorithm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes RmiRealmParams and RmiRecParams for the RMM (reference sections 5.1 and 5.2). */
final class RealmParamsPage {
    private static final int IPA_BITS = 0x8;
    private static final int BREAKPOINTS = 0x18;
    private static final int WATCHPOINTS = 0x20;
    private static final int HASH_ALGORITHM = 0x30;
    private static final int RPV = 0x400;
    private static final int RTT_BASE = 0x808;

    private static final int REC_MPIDR = 0x100;
    private static final int REC_PC = 0x200;

    private final HostPages pages;
    private final long page;

    RealmParamsPage(HostPages pages, long page) {
        this.pages = pages;
        this.page = page;
    }

    long writeRealm(int ipaBits, HashAlgorithm hash, byte[] rpv, long roots, int startLevel, int rootCount) {
        pages.zero(page);
        pages.write(page, IPA_BITS, ipaBits);
        pages.write(page, BREAKPOINTS, 1);
        pages.write(page, WATCHPOINTS, 1);
        pages.write(page, HASH_ALGORITHM, hash.code());
        pages.write(page, RPV, words(rpv));
        pages.write(page, RTT_BASE, roots, startLevel, rootCount);
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
