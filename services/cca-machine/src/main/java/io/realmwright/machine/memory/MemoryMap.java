package io.realmwright.machine.memory;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.IpaRange;
import java.util.ArrayList;
import java.util.List;

/** Reads a realm's tables by RMI_RTT_READ_ENTRY. A look from outside: it is neither counted nor traced. */
public final class MemoryMap {
    private static final int LEAF_LEVEL = 3;
    private static final int LEVEL_BITS = 9;
    private static final String[] RIPAS = {"EMPTY", "RAM", "DESTROYED"};

    private final Rmm rmm;
    private final long rd;
    private final long protectedTop;
    private final long[] x = new long[Rmm.REGISTERS];

    public MemoryMap(Rmm rmm, long rd, long protectedTop) {
        this.rmm = rmm;
        this.rd = rd;
        this.protectedTop = protectedTop;
    }

    /** The whole IPA space in ascending order; neighbours of equal state are one run. */
    public List<MemoryRun> runs() {
        List<MemoryRun> runs = new ArrayList<>();
        long ipa = 0;
        MemoryRun current = at(0);
        while (ipa < 2 * protectedTop) {
            MemoryRun next = at(ipa);
            ipa = next.range().top();
            if (!isSame(current, next)) {
                runs.add(current);
                current = next;
            } else {
                current = new MemoryRun(
                        IpaRange.of(
                                current.range().start(), ipa - current.range().start()),
                        current.hipas(),
                        current.ripas());
            }
        }
        runs.add(current);
        return runs;
    }

    private static boolean isSame(MemoryRun one, MemoryRun other) {
        return one.hipas().equals(other.hipas()) && one.ripas().equals(other.ripas());
    }

    /** The entry that maps an IPA. */
    public MemoryRun at(long ipa) {
        long granule = ipa & -Granule.SIZE_BYTES;
        x[0] = RmiCommand.RMI_RTT_READ_ENTRY.fid();
        x[1] = rd;
        x[2] = granule;
        x[3] = LEAF_LEVEL;
        rmm.smc(x);
        long size = entryBytes(x[1]);
        boolean assigned = x[2] != 0;
        var range = IpaRange.of(ipa & -size, size);
        if (ipa < protectedTop) {
            return new MemoryRun(range, assigned ? "ASSIGNED" : "UNASSIGNED", RIPAS[(int) x[4]]);
        }
        return new MemoryRun(range, assigned ? "ASSIGNED_NS" : "UNASSIGNED_NS", "NONE");
    }

    /** Bytes that one entry at {@code level} maps (reference section 7). */
    public static long entryBytes(long level) {
        return 1L << (Granule.SHIFT + LEVEL_BITS * (LEAF_LEVEL - level));
    }
}
