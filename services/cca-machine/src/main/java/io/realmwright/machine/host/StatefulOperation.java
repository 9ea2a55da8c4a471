package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RangeDescriptor;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;
import io.realmwright.machine.spec.Granule;

/**
 * Drives a stateful operation on a REC to its end (reference section 11.2): donates what is asked for, takes back what is
 * given. Granules that the RMM still holds when an operation fails are leaked; so is the REC of one that cannot be ended.
 */
final class StatefulOperation {
    private static final int LIST_ENTRIES_MAX = Granule.SIZE_BYTES / Long.BYTES;

    private final Kernel kernel;
    private final long list;
    private int held;
    /** The RMM's last request for granules. */
    private long wanted;

    /**
     * An operation that has not begun.
     *
     * @param list a page of the host for lists of granules
     * @param held granules that the RMM holds for the REC beside the REC granule itself
     */
    StatefulOperation(Kernel kernel, long list, int held) {
        this.kernel = kernel;
        this.list = list;
        this.held = held;
    }

    /**
     * Starts with {@code command}; answers the X0 with which the operation ends. If that is no success, what becomes of
     * the REC granule itself is the caller's business.
     */
    long run(RmiCommand command, long... arguments) throws OutOfGranulesException, RmiRefusedException {
        long x0 = kernel.callUntilServed(command, arguments);
        long handle = kernel.rmi.output(1);
        wanted = kernel.rmi.output(2);
        try {
            while (RmiStatus.statusOf(x0) == RmiStatus.INCOMPLETE) {
                x0 = switch (MemoryRequest.in(x0)) {
                    case NONE -> kernel.rmi.call(RmiCommand.RMI_OP_CONTINUE, handle, 0);
                    case DONATE -> donate(handle, RangeDescriptor.blocks(wanted));
                    case RECLAIM -> reclaim(handle);
                };
            }
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.memory.leak(1L + held);
            throw e;
        }
        if (x0 != RmiStatus.SUCCESS) {
            kernel.memory.leak(held);
        }
        return x0;
    }

    private long donate(long handle, int granules) throws OutOfGranulesException, RmiRefusedException {
        long[] descriptors = new long[granules];
        int allocated = 0;
        try {
            while (allocated < granules) {
                descriptors[allocated] = RangeDescriptor.of(kernel.allocateDelegated(), TableGeometry.LEAF_LEVEL, 1);
                allocated++;
            }
            kernel.pages.write(list, 0, descriptors);
            long x0 = demandIncomplete(RmiCommand.RMI_OP_MEM_DONATE, handle, granules);
            int taken = (int) kernel.rmi.output(1);
            wanted = kernel.rmi.output(2);
            held += taken;
            // The RMM may take fewer than it asked for, and asks again.
            takeBack(descriptors, taken, allocated);
            return x0;
        } catch (OutOfGranulesException | RmiRefusedException e) {
            takeBack(descriptors, 0, allocated);
            throw e;
        }
    }

    private void takeBack(long[] descriptors, int from, int to) {
        for (int i = from; i < to; i++) {
            kernel.reclaim(RangeDescriptor.address(descriptors[i]));
        }
    }

    private long reclaim(long handle) throws RmiRefusedException {
        long x0 = demandIncomplete(RmiCommand.RMI_OP_MEM_RECLAIM, handle, LIST_ENTRIES_MAX);
        int written = (int) kernel.rmi.output(1);
        for (int entry = 0; entry < written; entry++) {
            long descriptor = kernel.pages.read(list, entry * Long.BYTES);
            for (int i = 0; i < RangeDescriptor.granules(descriptor); i++) {
                kernel.reclaim(RangeDescriptor.address(descriptor) + ((long) i << Granule.SHIFT));
                held--;
            }
        }
        return x0;
    }

    private long demandIncomplete(RmiCommand command, long handle, long entries) throws RmiRefusedException {
        long x0 = kernel.rmi.call(command, handle, list, entries);
        if (RmiStatus.statusOf(x0) != RmiStatus.INCOMPLETE) {
            throw kernel.rmi.refused(null);
        }
        return x0;
    }
}
