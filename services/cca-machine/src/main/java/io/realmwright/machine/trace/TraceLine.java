package io.realmwright.machine.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a trace: an input to the machine, an answer expected of it, or both. */
@SuppressWarnings("ArrayRecordComponent") // lines are never compared with each other
sealed interface TraceLine {
    /**
     * The machine recorded.
     *
     * @param rmi the interface revision, "2.0" if the line does not say
     * @param features the feature registers from index 0, null if the line does not name them
     */
    record MachineInfo(
            String rmi,
            long dramGranules,
            long deviceGranules,
            long dramBase,
            long deviceBase,
            @Nullable List<Long> features)
            implements TraceLine {}

    record Note(String text) implements TraceLine {}

    /**
     * An RMI call.
     *
     * @param name the command's name, or its FID as {@code 0x…}
     * @param fid the function identifier, X0 of the call
     * @param arguments X1 and up
     * @param results X0 and up; registers not listed are zero
     * @param guest what the guest called while this entry lasted
     * @param exit byte offset in the exit half of the run page to 64-bit word, the others are zero; null if the line
     *     says nothing about it
     */
    record Call(
            String name,
            long fid,
            List<TraceNumber> arguments,
            List<TraceNumber> results,
            List<GuestCall> guest,
            @Nullable Map<Integer, TraceNumber> exit)
            implements TraceLine {}

    /** An SMC of the guest: the registers from X0 it was made with, and X0…X8 after it. */
    record GuestCall(List<TraceNumber> registers, List<TraceNumber> results) {}

    /** What the guest does when it is its turn. */
    record Queue(GuestAction action) implements TraceLine {}

    /** The next token that the firmware makes for the RMM. */
    record Token(byte[] bytes) implements TraceLine {}

    record Zero(TraceNumber page) implements TraceLine {}

    /** 64-bit little-endian word i of the page becomes seed + i · 0x9E3779B97F4A7C15. */
    record Fill(TraceNumber page, TraceNumber seed) implements TraceLine {}

    record WriteWords(TraceNumber page, int offset, List<TraceNumber> words) implements TraceLine {}

    record WriteBytes(TraceNumber page, int offset, byte[] bytes) implements TraceLine {}

    record ReadWords(TraceNumber page, int offset, List<TraceNumber> words) implements TraceLine {}

    /** Measurement 0 (RIM) to 4 of a realm. */
    record Measurement(TraceNumber rd, int slot, long algorithm, byte[] value) implements TraceLine {}

    record Realm(TraceNumber rd, String state, long recCount) implements TraceLine {}

    record Granule(TraceNumber address, String state, long refcount) implements TraceLine {}

    /** Every granule that is not NS, by its index in the DRAM. */
    record Granules(Map<Long, GranuleEntry> byIndex) implements TraceLine {}

    record GranuleEntry(String state, long refcount) {}

    /**
     * The whole tree of tables of a realm.
     *
     * @param startLevel -1…3
     */
    record Tables(TraceNumber rd, long startLevel, List<Run> runs) implements TraceLine {}

    /** RTT entries that follow each other at one level, in one state, with contiguous descriptors. */
    record Run(long level, TraceNumber base, TraceNumber top, long state, TraceNumber descriptor, long ripas) {}

    record GuestRead(TraceNumber rd, TraceNumber ipa, byte[] bytes) implements TraceLine {}

    record GuestWrite(TraceNumber rd, TraceNumber ipa, byte[] bytes) implements TraceLine {}
}
