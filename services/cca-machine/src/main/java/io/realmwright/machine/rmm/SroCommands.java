package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;
import io.realmwright.machine.spec.Granule;

/** How a host carries a stateful operation on (reference section 4.24). The wrong call leaves the operation as it is. */
final class SroCommands {
    private final RmmState rmm;
    private final FreedAddresses listed;

    SroCommands(RmmState rmm) {
        this.rmm = rmm;
        this.listed = new FreedAddresses(rmm, false);
    }

    /** RMI_OP_CONTINUE. */
    long proceed(long handle) {
        Sro operation = rmm.operations.find(handle);
        if (operation == null || operation.request != MemoryRequest.NONE) {
            return RmiStatus.ERROR_INPUT;
        }
        long status = operation.completion.complete(operation);
        if (RmiStatus.statusOf(status) != RmiStatus.INCOMPLETE) {
            rmm.operations.end(handle);
        }
        return status;
    }

    long donate(long handle, long list, long count, long[] out) {
        Sro operation = rmm.operations.find(handle);
        if (operation == null || operation.request != MemoryRequest.DONATE || !isList(list)) {
            return RmiStatus.ERROR_INPUT;
        }
        int entries = entries(list, count);
        long offered = 0;
        for (int i = 0; i < entries; i++) {
            long descriptor = rmm.memory.readWord(list + (long) i * Long.BYTES);
            if (!RangeDescriptor.isDelegated(descriptor)
                    || !Rtt.isAligned(RangeDescriptor.address(descriptor), RangeDescriptor.level(descriptor))) {
                return RmiStatus.ERROR_INPUT;
            }
            offered += RangeDescriptor.granules(descriptor);
        }
        if (offered > operation.outstanding()) {
            return RmiStatus.ERROR_INPUT;
        }
        return take(operation, list, entries, out);
    }

    /** Takes granule after granule up to one that is not DELEGATED; if that is the first, the operation fails. */
    private long take(Sro operation, long list, int entries, long[] out) {
        int before = operation.held;
        for (int i = 0; i < entries; i++) {
            long descriptor = rmm.memory.readWord(list + (long) i * Long.BYTES);
            for (int n = 0; n < RangeDescriptor.granules(descriptor); n++) {
                long granule = RangeDescriptor.address(descriptor) + ((long) n << Granule.SHIFT);
                if (!rmm.granules.is(granule, GranuleState.DELEGATED)) {
                    return operation.held == before
                            ? operation.fail(RmiStatus.ERROR_INPUT)
                            : donated(operation, before, out);
                }
                rmm.granules.become(granule, GranuleState.REC_AUX);
                operation.granules[operation.held++] = granule;
            }
        }
        return donated(operation, before, out);
    }

    private static long donated(Sro operation, int before, long[] out) {
        if (operation.outstanding() == 0) {
            operation.request = MemoryRequest.NONE;
        }
        out[1] = (long) operation.held - before;
        out[2] = operation.donateRequest();
        return RmiStatus.incomplete(operation.request);
    }

    /**
     * Gives at most {@code count} granules back, neighbours as one descriptor. As in the reference, granules whose list
     * cannot be written are DELEGATED already, and are listed by the next call.
     */
    long reclaim(long handle, long list, long count, long[] out) {
        Sro operation = rmm.operations.find(handle);
        if (operation == null || (list & 7) != 0 || operation.request != MemoryRequest.RECLAIM) {
            return RmiStatus.ERROR_INPUT;
        }
        int most = Math.min(entries(list, count), operation.held);
        for (int i = operation.released; i < operation.reclaimed + most; i++) {
            rmm.granules.become(operation.granules[i], GranuleState.DELEGATED);
            operation.released++;
        }
        if (!isList(list)) {
            return RmiStatus.ERROR_INPUT;
        }
        if (most > 0) {
            out[1] = giveBack(operation, list, most);
            if (operation.held == 0) {
                operation.request = MemoryRequest.NONE;
            }
        }
        return RmiStatus.incomplete(operation.request);
    }

    private int giveBack(Sro operation, long list, int granules) {
        listed.open(list);
        for (int n = 0; n < granules; n++) {
            listed.add(operation.granules[operation.reclaimed++], Rtt.LEAF_LEVEL);
            operation.held--;
        }
        return listed.written();
    }

    /** No operation of the modelled commands can be cancelled. */
    long cancel() {
        return RmiStatus.ERROR_INPUT;
    }

    private boolean isList(long list) {
        return (list & 7) == 0 && rmm.isHostPage(list & -4096L);
    }

    /** Entries of a list that lie in its page. */
    private static int entries(long list, long count) {
        long room = (4096 - (list & 4095)) / Long.BYTES;
        return (int) (Long.compareUnsigned(count, room) < 0 ? count : room);
    }
}
