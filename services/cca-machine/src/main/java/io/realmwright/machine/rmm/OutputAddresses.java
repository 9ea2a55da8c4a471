package io.realmwright.machine.rmm;

/**
 * The output addresses of a map call, block by block (reference sections 4.20 and 5.6): one descriptor in a register,
 * or a list of them in a page of the host. One of them serves all calls of a machine.
 */
final class OutputAddresses {
    private static final int TYPE_SINGLE = 1;
    private static final int TYPE_LIST = 2;

    private final RmmState rmm;
    private long listAddress;
    private int entriesLeft;
    private long descriptor;
    private int blocksLeft;
    private long blockAddress;

    OutputAddresses(RmmState rmm) {
        this.rmm = rmm;
    }

    static int type(long flags) {
        return (int) flags & 3;
    }

    /** Entries of a list: as many as the caller says, but never beyond the end of its page. */
    static int listCount(long flags, long address) {
        int asked = (int) (flags >> 2) & 0x3fff;
        return Math.min(asked, (4096 - ((int) address & 4095)) / Long.BYTES);
    }

    /**
     * Starts at the first block; false if there is nothing to read it from. That nothing but empty descriptors is there
     * is no such mistake: the reference finds out only after its walk.
     */
    boolean open(long flags, long oaddr) {
        descriptor = 0;
        blocksLeft = 0;
        entriesLeft = 0;
        switch (type(flags)) {
            case TYPE_SINGLE -> take(oaddr);
            case TYPE_LIST -> {
                listAddress = oaddr;
                entriesLeft = listCount(flags, oaddr);
                if (entriesLeft == 0 || (oaddr & 7) != 0 || !rmm.isHostPage(oaddr & -4096L)) {
                    return false;
                }
                skipEmpty();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void take(long next) {
        descriptor = next;
        blocksLeft = RangeDescriptor.blocks(next);
        blockAddress = RangeDescriptor.address(next);
    }

    private void skipEmpty() {
        while (blocksLeft == 0 && entriesLeft > 0) {
            take(rmm.memory.readWord(listAddress));
            listAddress += Long.BYTES;
            entriesLeft--;
        }
    }

    boolean hasBlock() {
        return blocksLeft > 0;
    }

    void next() {
        blocksLeft--;
        blockAddress += Rtt.entrySize(level());
        skipEmpty();
    }

    long address() {
        return blockAddress;
    }

    int level() {
        return RangeDescriptor.level(descriptor);
    }

    boolean isDelegated() {
        return RangeDescriptor.isDelegated(descriptor);
    }
}
