package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.spec.Ipa;

/** The stage-2 tables of one realm, from the host's side: creates what a call misses (reference section 11.4). */
final class RealmTables {
    private final Kernel kernel;
    private final long rd;
    private final int startLevel;
    private long tables;

    RealmTables(Kernel kernel, long rd, int startLevel) {
        this.kernel = kernel;
        this.rd = rd;
        this.startLevel = startLevel;
    }

    /** A call on a range that answers how far it got in X1, or the level where its walk stopped. */
    @FunctionalInterface
    interface RangeCall {
        long call(long ipa);
    }

    /** RMI_RTT_INIT_RIPAS over a range, looping on what each call reaches. */
    void initRipas(long base, long top) throws OutOfGranulesException, RmiRefusedException {
        long reached = changeRipas(base, top, ipa -> kernel.rmi.call(RmiCommand.RMI_RTT_INIT_RIPAS, rd, ipa, top));
        if (reached != top) {
            throw kernel.rmi.refused(new Ipa(reached));
        }
    }

    /**
     * RMI_RTT_SET_RIPAS over a range that the guest of {@code rec} asked for.
     *
     * @return the first IPA that could not be changed whatever tables there are; {@code top} if all was
     */
    long setRipas(long rec, long base, long top) throws OutOfGranulesException, RmiRefusedException {
        return changeRipas(base, top, ipa -> kernel.rmi.call(RmiCommand.RMI_RTT_SET_RIPAS, rd, rec, ipa, top));
    }

    private long changeRipas(long base, long top, RangeCall call) throws OutOfGranulesException, RmiRefusedException {
        long ipa = base;
        while (ipa < top) {
            long x0 = call.call(ipa);
            if (x0 == RmiStatus.SUCCESS) {
                ipa = kernel.rmi.output(1);
                continue;
            }
            if (RmiStatus.statusOf(x0) != RmiStatus.ERROR_RTT) {
                throw kernel.rmi.refused(new Ipa(ipa));
            }
            int target = TableGeometry.largestLevel(ipa, top, startLevel);
            int stopped = RmiStatus.indexOf(x0);
            if (stopped >= target) {
                return ipa;
            }
            create(ipa, stopped + 1, target);
        }
        return top;
    }

    /** Makes a call that needs a walk to reach {@code level} succeed. */
    void demandAtLevel(long ipa, int level, RangeCall call) throws OutOfGranulesException, RmiRefusedException {
        long x0 = call.call(ipa);
        if (RmiStatus.statusOf(x0) == RmiStatus.ERROR_RTT && RmiStatus.indexOf(x0) < level) {
            create(ipa, RmiStatus.indexOf(x0) + 1, level);
            x0 = call.call(ipa);
        }
        if (x0 != RmiStatus.SUCCESS) {
            throw kernel.rmi.refused(new Ipa(ipa));
        }
    }

    private void create(long ipa, int from, int to) throws OutOfGranulesException, RmiRefusedException {
        for (int level = from; level <= to; level++) {
            long mapped = ipa & -TableGeometry.entrySize(level - 1);
            long granule = kernel.allocateDelegated();
            if (kernel.rmi.call(RmiCommand.RMI_RTT_CREATE, rd, granule, mapped, level) != RmiStatus.SUCCESS) {
                RmiRefusedException refused = kernel.rmi.refused(new Ipa(mapped));
                kernel.reclaim(granule);
                throw refused;
            }
            tables++;
        }
    }

    /** Destroys every table below the start level that holds nothing, level by level (reference section 11.6). */
    void destroyAll(long ipaSize) {
        if (tables > 0) {
            destroy(0, ipaSize, startLevel + 1);
        }
        kernel.memory.leak(tables);
    }

    private void destroy(long base, long top, int level) {
        long ipa = base;
        while (ipa < top) {
            long next = destroyTable(ipa, level);
            if (next == ipa && level < TableGeometry.LEAF_LEVEL) {
                destroy(ipa, ipa + TableGeometry.entrySize(level - 1), level + 1);
                next = destroyTable(ipa, level);
            }
            // What is still in the way stays, and is leaked.
            ipa = next > ipa ? next : ipa + TableGeometry.entrySize(level - 1);
        }
    }

    /** Answers where there may be a table again; {@code ipa} itself if the one there is live. */
    private long destroyTable(long ipa, int level) {
        long x0 = kernel.rmi.call(RmiCommand.RMI_RTT_DESTROY, rd, ipa, level);
        long next = kernel.rmi.output(2);
        if (x0 == RmiStatus.SUCCESS) {
            tables--;
            kernel.reclaim(kernel.rmi.output(1));
        }
        return next;
    }
}
