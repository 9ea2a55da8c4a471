package io.realmwright.machine.rmm;

/** RMI_REC_ENTER of RMM 1.0 (reference section 15). */
final class RecEntry1_0 extends RecEntry {
    private static final int INDEX_NEW = 0;
    private static final int INDEX_SYSTEM_OFF = 1;

    private final RmmState rmm;

    private RecEntry1_0(RmmState rmm, RunPage exit, GuestAborts aborts) {
        super(rmm, exit, aborts, new RsiCalls1_0(rmm, exit, aborts));
        this.rmm = rmm;
    }

    static RecEntry create(RmmState rmm) {
        var exit = new RunPage();
        return new RecEntry1_0(rmm, exit, new GuestAborts1_0(rmm, exit));
    }

    @Override
    long refusalIn(RealmState state) {
        return RmiStatus.pack(RmiStatus.ERROR_REALM, state == RealmState.SYSTEM_OFF ? INDEX_SYSTEM_OFF : INDEX_NEW);
    }

    @Override
    boolean isGicStateValid(long page) {
        return VirtualGic.isValid(rmm.memory, page);
    }
}
