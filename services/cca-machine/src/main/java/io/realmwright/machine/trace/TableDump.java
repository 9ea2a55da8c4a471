package io.realmwright.machine.trace;

import io.realmwright.machine.memory.MemoryMap;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.Rmm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a realm's whole table tree with RMI_RTT_READ_ENTRY, as a host would, into runs of like entries. */
final class TableDump {
    private static final int LEAF_LEVEL = 3;
    private static final int UNASSIGNED = 0;

    private final List<Run> runs = new ArrayList<>();

    private TableDump() {}

    /** Entries from base to top; {@code descriptor} is the first one's, and the others follow it contiguously. */
    record Run(long level, long base, long top, long state, long descriptor, long ripas) {
        private boolean continues(long nextLevel, long nextState, long nextDescriptor, long nextRipas) {
            long contiguous = state == UNASSIGNED ? descriptor : descriptor + (top - base);
            return level == nextLevel && state == nextState && ripas == nextRipas && contiguous == nextDescriptor;
        }
    }

    static List<Run> of(Rmm rmm, long rd, int ipaBits, WorkBudget budget) throws UnplayableException {
        var dump = new TableDump();
        long[] x = new long[Rmm.REGISTERS];
        long end = 1L << ipaBits;
        for (long ipa = 0; ipa < end; ) {
            budget.spend(1);
            readEntry(rmm, x, rd, ipa);
            long size = MemoryMap.entryBytes(x[1]);
            long next = (ipa & -size) + size;
            dump.add(x[1], ipa, next, x[2], x[3], x[4]);
            ipa = next;
        }
        return dump.runs;
    }

    private static void readEntry(Rmm rmm, long[] x, long rd, long ipa) {
        Arrays.fill(x, 0);
        x[0] = RmiCommand.RMI_RTT_READ_ENTRY.fid();
        x[1] = rd;
        x[2] = ipa;
        x[3] = LEAF_LEVEL;
        rmm.smc(x);
        if (x[0] != 0) {
            throw new IllegalStateException(
                    "RTT_READ_ENTRY at " + TraceNumber.hex(ipa) + " of a realm answers " + TraceNumber.hex(x[0]));
        }
    }

    private void add(long level, long base, long top, long state, long descriptor, long ripas) {
        if (!runs.isEmpty() && runs.getLast().continues(level, state, descriptor, ripas)) {
            Run last = runs.removeLast();
            runs.add(new Run(level, last.base, top, state, last.descriptor, ripas));
        } else {
            runs.add(new Run(level, base, top, state, descriptor, ripas));
        }
    }
}
