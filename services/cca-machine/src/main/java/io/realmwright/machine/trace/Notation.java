package io.realmwright.machine.trace;

import io.realmwright.machine.spec.Granule;
import java.util.ArrayList;
import java.util.List;

/** Translates between the tokens of a trace and the numbers of the machine that plays it. */
final class Notation {
    private final long dramBase;
    private final long dramBytes;
    private final long deviceBase;
    private final long deviceBytes;
    private final List<Long> handles = new ArrayList<>();
    private boolean tokensUsed;

    Notation(long dramBase, long dramGranules, long deviceBase, long deviceGranules) {
        this.dramBase = dramBase;
        this.dramBytes = dramGranules * Granule.SIZE_BYTES;
        this.deviceBase = deviceBase;
        this.deviceBytes = deviceGranules * Granule.SIZE_BYTES;
    }

    long value(TraceNumber number) throws UnplayableException {
        return switch (number) {
            case TraceNumber.Plain(long value) -> value;
            case TraceNumber.Dram(long index, long offset) -> token(dramBase, index, offset);
            case TraceNumber.Device(long index, long offset) -> token(deviceBase, index, offset);
            case TraceNumber.Handle(int index) -> handle(index);
        };
    }

    long[] values(List<TraceNumber> numbers) throws UnplayableException {
        long[] values = new long[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(numbers.get(i));
        }
        return values;
    }

    private long token(long base, long index, long offset) {
        tokensUsed = true;
        return base + index * Granule.SIZE_BYTES + offset;
    }

    private long handle(int index) throws UnplayableException {
        if (index >= handles.size()) {
            throw new UnplayableException("h" + index + " has not been handed out");
        }
        return handles.get(index);
    }

    /** Whether the machine's answer is the recorded one. The first answer that is the next handle gives it its value. */
    boolean agree(TraceNumber expected, long actual) throws UnplayableException {
        if (expected instanceof TraceNumber.Handle(int index) && index == handles.size()) {
            handles.add(actual);
            return true;
        }
        return value(expected) == actual;
    }

    /** As the trace would spell it: with tokens if it has used any. */
    String text(long value) {
        if (tokensUsed) {
            if (inside(value, dramBase, dramBytes)) {
                long offset = value - dramBase;
                return new TraceNumber.Dram(offset / Granule.SIZE_BYTES, offset % Granule.SIZE_BYTES).toString();
            }
            if (inside(value, deviceBase, deviceBytes)) {
                long offset = value - deviceBase;
                return new TraceNumber.Device(offset / Granule.SIZE_BYTES, offset % Granule.SIZE_BYTES).toString();
            }
        }
        return TraceNumber.hex(value);
    }

    boolean isDramPage(long address) {
        return address % Granule.SIZE_BYTES == 0 && inside(address, dramBase, dramBytes);
    }

    private static boolean inside(long address, long base, long bytes) {
        return Long.compareUnsigned(address - base, bytes) < 0;
    }
}
