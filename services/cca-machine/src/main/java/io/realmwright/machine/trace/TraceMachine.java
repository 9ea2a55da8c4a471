package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.GranuleState;
import io.realmwright.machine.rmm.PhysicalMemory;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.spec.Granule;
import java.util.SplittableRandom;

/** A fresh machine for one trace, with its notation and its guest. */
final class TraceMachine {
    /** The machine of every trace without an info line. */
    static final TraceLine.MachineInfo RECORDED =
            new TraceLine.MachineInfo("2.0", 524_288, 10, 0x3A440000000L, 0x3B440000000L, null);

    private static final long DRAM_GRANULES_MAX = 1L << 28;
    private static final long DEVICE_GRANULES_MAX = 1L << 20;
    private static final long DRAM_ALIGNMENT_BYTES = 1L << 30;
    private static final long ADDRESS_SPACE_BYTES = 1L << 48;

    private final QueuedGuest guest = new QueuedGuest();
    private final RecordedSigner signer = new RecordedSigner();
    private final Notation notation;
    private final Rmm rmm;
    private final byte[] page = new byte[Granule.SIZE_BYTES];

    TraceMachine(TraceLine.MachineInfo info) throws UnplayableException {
        region("DRAM", info.dramBase(), info.dramGranules(), DRAM_ALIGNMENT_BYTES, 1, DRAM_GRANULES_MAX);
        region("device memory", info.deviceBase(), info.deviceGranules(), Granule.SIZE_BYTES, 0, DEVICE_GRANULES_MAX);
        rmm = new Rmm(config(info), guest, signer, new SplittableRandom(0));
        notation = new Notation(info.dramBase(), info.dramGranules(), info.deviceBase(), info.deviceGranules());
    }

    /** The machine recorded, with the features that the trace names. */
    private static RmmConfig config(TraceLine.MachineInfo info) {
        RmmConfig recorded = info.rmi().equals("1.0")
                ? RmmConfig.recorded1_0(info.dramBase(), info.dramGranules(), info.deviceBase())
                : RmmConfig.recorded2_0(info.dramBase(), info.dramGranules(), info.deviceBase(), info.deviceGranules());
        return info.features() == null
                ? recorded
                : recorded.withFeatures(
                        info.features().stream().mapToLong(Long::longValue).toArray());
    }

    private static void region(String what, long base, long granules, long alignment, long min, long max)
            throws UnplayableException {
        if (granules < min || granules > max) {
            throw new UnplayableException(what + " of " + granules + " granules: a machine has " + min + " to " + max);
        }
        if (base % alignment != 0 || base > ADDRESS_SPACE_BYTES - granules * Granule.SIZE_BYTES) {
            throw new UnplayableException(what + " at " + TraceNumber.hex(base) + ": it lies below 2^48, aligned to "
                    + TraceNumber.hex(alignment));
        }
    }

    Rmm rmm() {
        return rmm;
    }

    QueuedGuest guest() {
        return guest;
    }

    RecordedSigner signer() {
        return signer;
    }

    Notation notation() {
        return notation;
    }

    void zero(TraceNumber address) throws UnplayableException {
        rmm.memory().zeroGranule(hostPage(address));
    }

    void fill(TraceNumber address, TraceNumber seed) throws UnplayableException {
        long pa = hostPage(address);
        long word = notation.value(seed);
        for (int offset = 0; offset < page.length; offset += Long.BYTES) {
            for (int i = 0; i < Long.BYTES; i++) {
                page[offset + i] = (byte) (word >>> (i * Byte.SIZE));
            }
            word += 0x9E3779B97F4A7C15L;
        }
        rmm.memory().write(pa, page, 0, page.length);
    }

    void write(TraceLine.WriteWords line) throws UnplayableException {
        long pa = hostPage(line.page()) + line.offset();
        long[] words = notation.values(line.words());
        if (words.length > (page.length - line.offset()) / Long.BYTES) {
            throw new UnplayableException("the words end behind the page");
        }
        PhysicalMemory memory = rmm.memory();
        for (int i = 0; i < words.length; i++) {
            memory.writeWord(pa + (long) i * Long.BYTES, words[i]);
        }
    }

    void write(TraceLine.WriteBytes line) throws UnplayableException {
        rmm.memory().write(hostPage(line.page()) + line.offset(), line.bytes(), 0, line.bytes().length);
    }

    /** What a guest sees at an IPA; false if not all of it is mapped. */
    boolean readGuest(long rd, long ipa, byte[] into) {
        byte[] part = new byte[Math.min(into.length, page.length)];
        for (int done = 0; done < into.length; done += part.length) {
            part = partOfPage(part, ipa + done, into.length - done);
            if (!rmm.readGuest(rd, ipa + done, part)) {
                return false;
            }
            System.arraycopy(part, 0, into, done, part.length);
        }
        return true;
    }

    /** Writes guest memory at an IPA; false if not all of it is mapped. */
    boolean writeGuest(long rd, long ipa, byte[] from) {
        byte[] part = new byte[Math.min(from.length, page.length)];
        for (int done = 0; done < from.length; done += part.length) {
            part = partOfPage(part, ipa + done, from.length - done);
            System.arraycopy(from, done, part, 0, part.length);
            if (!rmm.writeGuest(rd, ipa + done, part)) {
                return false;
            }
        }
        return true;
    }

    /** A buffer for what lies between an IPA and the end of its page, or the end of the whole. */
    private byte[] partOfPage(byte[] reusable, long ipa, int left) {
        int length = Math.min(left, page.length - (int) (ipa & (page.length - 1)));
        return reusable.length == length ? reusable : new byte[length];
    }

    /** A page that the host may write: writing any other would have been a granule protection fault. */
    private long hostPage(TraceNumber address) throws UnplayableException {
        long pa = dramPage(address);
        GranuleState state = rmm.granuleState(pa);
        if (state != GranuleState.NS) {
            throw new UnplayableException(address + " is " + state + ", and the host writes NS pages only");
        }
        return pa;
    }

    long dramPage(TraceNumber address) throws UnplayableException {
        long pa = notation.value(address);
        if (!notation.isDramPage(pa)) {
            throw new UnplayableException(address + " is no page of the DRAM");
        }
        return pa;
    }
}
