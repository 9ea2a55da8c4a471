package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RangeDescriptor;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;
import io.realmwright.machine.spec.Granule;

/**
 * Drives a stateful operation on a REC to its end (reference section 11.2): donates what is asked for, takes back what is
 * given. An operation that cannot be ended leaks the REC and whatever the RMM still holds for it.
 */
final class StatefulOperation {
    private static final int LIST_ENTRIES_MAX = Granule.SIZE_BYTES / Long.BYTES;

    private final Kernel kernel;
    private final long list;
    private int held;

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

    /** Starts with {@code command}; answers the X0 with which the operation ends. */
    long run(RmiCommand command, long... arguments) throws OutOfGranulesException, RmiRefusedException {
        long x0 = kernel.callUntilServed(command, arguments);
        long handle = kernel.rmi.output(1);
        long wanted = kernel.rmi.output(2);
        try {
            while (RmiStatus.statusOf(x0) == RmiStatus.INCOMPLETE) {
                x0 = switch (MemoryRequest.in(x0)) {
                    case NONE -> proceed(handle);
                    case DONATE -> donate(handle, RangeDescriptor.blocks(wanted));
                    case RECLAIM -> reclaim(handle);
                };
                wanted = kernel.rmi.output(2);
            }
            return x0;
        } catch (OutOfGranulesException | RmiRefusedException e) {
            kernel.memory.leak(1L + held);
            throw e;
        }
    }

    private long proceed(long handle) {
        return kernel.rmi.call(RmiCommand.RMI_OP_CONTINUE, handle, 0);
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
            return demandIncomplete(RmiCommand.RMI_OP_MEM_DONATE, handle, granules);
        } catch (OutOfGranulesException | RmiRefusedException e) {
            for (int i = 0; i < allocated; i++) {
                kernel.reclaim(RangeDescriptor.address(descriptors[i]));
            }
            throw e;
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
            throw kernel.rmi.refused(command, null);
        }
        if (command == RmiCommand.RMI_OP_MEM_DONATE) {
            held += (int) kernel.rmi.output(1);
        }
        return x0;
    }
}
