package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.Granule;

/**
 * What an unmap call reports about the memory it freed (reference sections 4.21 and 5.5): nothing, one range in a
 * register, or a list in a page of the host. One of them serves all calls of a machine.
 */
final class FreedAddresses {
    private static final int TYPE_NONE = 0;
    private static final int TYPE_SINGLE = 1;
    private static final int TYPE_LIST = 2;

    private final RmmState rmm;
    private final boolean undelegated;
    private int type;
    private long single;
    private long listAddress;
    private int capacity;
    private int written;

    /** @param undelegated whether listed memory is the host's own */
    FreedAddresses(RmmState rmm, boolean undelegated) {
        this.rmm = rmm;
        this.undelegated = undelegated;
    }

    /** False if the caller's words make no sense together. */
    boolean open(long flags, long oaddr) {
        type = OutputAddresses.type(flags);
        single = 0;
        written = 0;
        listAddress = oaddr;
        capacity = OutputAddresses.listCount(flags, oaddr);
        return switch (type) {
            case TYPE_NONE, TYPE_SINGLE -> oaddr == 0 && (flags >> 2 & 0x3fff) == 0;
            case TYPE_LIST -> capacity >= 1 && (oaddr & 7) == 0 && rmm.isHostPage(oaddr & -4096L);
            default -> false;
        };
    }

    /** Starts a list that ends with its page. */
    void open(long list) {
        type = TYPE_LIST;
        single = 0;
        written = 0;
        listAddress = list;
        capacity = (Granule.SIZE_BYTES - ((int) list & (Granule.SIZE_BYTES - 1))) / Long.BYTES;
    }

    /** Takes note of a block; false if there is no room for it, and it is to stay mapped. */
    boolean add(long address, int level) {
        return switch (type) {
            case TYPE_NONE -> true;
            case TYPE_SINGLE -> addToSingle(address, level);
            default -> addToList(address, level);
        };
    }

    private boolean addToSingle(long address, int level) {
        long grown =
                single == 0 ? RangeDescriptor.of(address, level, 1) : RangeDescriptor.grown(single, address, level);
        boolean continues =
                grown != 0 && (single == 0 || RangeDescriptor.address(grown) == RangeDescriptor.address(single));
        if (continues) {
            single = grown;
        }
        return continues;
    }

    private boolean addToList(long address, int level) {
        for (int i = 0; i < written; i++) {
            long slot = listAddress + (long) i * Long.BYTES;
            long grown = RangeDescriptor.grown(rmm.memory.readWord(slot), address, level);
            if (grown != 0) {
                rmm.memory.writeWord(slot, grown);
                return true;
            }
        }
        if (written == capacity) {
            return false;
        }
        long descriptor = RangeDescriptor.of(address, level, 1);
        rmm.memory.writeWord(
                listAddress + (long) written * Long.BYTES,
                undelegated ? RangeDescriptor.undelegated(descriptor) : descriptor);
        written++;
        return true;
    }

    /** The range in a register; 0 unless that was asked for. */
    long single() {
        return single;
    }

    /** Entries written to the list. */
    int written() {
        return written;
    }
}
