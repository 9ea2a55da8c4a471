package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** The commands of RMI 1.0 (reference sections 3.2 and 15). There is no boot state: all of them work at once. */
final class CommandSet1_0 implements CommandSet {
    private static final long RMI_1_0 = 0x10000;

    private final RmmState state;
    private final GranuleCommands1_0 granules;
    private final RealmCommands1_0 realms;
    private final RttCommands tables;
    private final RipasCommands ripas;
    private final DataCommands1_0 data;
    private final UnprotectedCommands1_0 unprotected;
    private final RecCommands1_0 recs;
    private final RecEntry entry;
    private final PsciCompletion psci;

    CommandSet1_0(RmmState state) {
        this.state = state;
        this.granules = new GranuleCommands1_0(state);
        this.realms = new RealmCommands1_0(state);
        this.tables = new RttCommands1_0(state);
        this.ripas = new RipasCommands1_0(state);
        this.data = new DataCommands1_0(state);
        this.unprotected = new UnprotectedCommands1_0(state);
        this.recs = new RecCommands1_0(state);
        this.entry = RecEntry1_0.create(state);
        this.psci = new PsciCompletion(state);
    }

    @Override
    public int freeVmids() {
        return realms.freeVmids();
    }

    @Override
    public long call(long fid, long a1, long a2, long a3, long a4, long a5, long[] out) {
        RmiCommand1_0 command = RmiCommand1_0.of(fid);
        return command == null ? RmiStatus.NOT_SUPPORTED : dispatch(command, a1, a2, a3, a4, a5, out);
    }

    @Override
    public @Nullable RmiFunction find(long fid) {
        return RmiCommand1_0.of(fid);
    }

    /** No default branch: a new command does not compile until it is handled here. */
    private long dispatch(RmiCommand1_0 command, long a1, long a2, long a3, long a4, long a5, long[] out) {
        return switch (command) {
            case RMI_VERSION -> version(a1, out);
            case RMI_FEATURES -> features(a1, out);
            case RMI_GRANULE_DELEGATE -> granules.delegate(a1);
            case RMI_GRANULE_UNDELEGATE -> granules.undelegate(a1);
            case RMI_REALM_CREATE -> realms.create(a1, a2);
            case RMI_REALM_ACTIVATE -> realms.activate(a1);
            case RMI_REALM_DESTROY -> realms.destroy(a1);
            case RMI_RTT_CREATE -> tables.create(a1, a2, a3, a4);
            case RMI_RTT_DESTROY -> tables.destroy(a1, a2, a3, out);
            case RMI_RTT_FOLD -> tables.fold(a1, a2, a3, out);
            case RMI_RTT_READ_ENTRY -> tables.readEntry(a1, a2, a3, out);
            case RMI_RTT_INIT_RIPAS -> ripas.init(a1, a2, a3, out);
            case RMI_RTT_SET_RIPAS -> ripas.set(a1, a2, a3, a4, out);
            case RMI_DATA_CREATE -> data.create(a1, a2, a3, a4, a5);
            case RMI_DATA_CREATE_UNKNOWN -> data.createUnknown(a1, a2, a3);
            case RMI_DATA_DESTROY -> data.destroy(a1, a2, out);
            case RMI_RTT_MAP_UNPROTECTED -> unprotected.map(a1, a2, a3, a4);
            case RMI_RTT_UNMAP_UNPROTECTED -> unprotected.unmap(a1, a2, a3, out);
            case RMI_REC_AUX_COUNT -> recs.auxCount(a1, out);
            case RMI_REC_CREATE -> recs.create(a1, a2, a3);
            case RMI_REC_DESTROY -> recs.destroy(a1);
            case RMI_REC_ENTER -> entry.enter(a1, a2);
            case RMI_PSCI_COMPLETE -> psci.complete(a1, a2, a3);
        };
    }

    private static long version(long requested, long[] out) {
        out[1] = RMI_1_0;
        out[2] = RMI_1_0;
        return requested == RMI_1_0 ? RmiStatus.SUCCESS : RmiStatus.ERROR_INPUT;
    }

    private long features(long index, long[] out) {
        out[1] = state.config.feature(index);
        return RmiStatus.SUCCESS;
    }
}
