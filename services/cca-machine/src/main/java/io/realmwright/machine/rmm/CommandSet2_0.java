package io.realmwright.machine.rmm;

/** The commands of RMI 2.0 (reference section 3.1). */
final class CommandSet2_0 implements CommandSet {
    private final RmmState state;
    private final PlatformCommands platform;
    private final GranuleCommands granules;
    private final RealmCommands realms;
    private final RttCommands tables;
    private final RipasCommands ripas;
    private final DataCommands data;
    private final UnprotectedCommands unprotected;
    private final RecCommands recs;
    private final RecEntry entry;
    private final PsciCompletion psci;
    private final SroCommands operations;

    CommandSet2_0(RmmState state) {
        this.state = state;
        this.platform = new PlatformCommands(state);
        this.granules = new GranuleCommands(state);
        this.realms = new RealmCommands(state);
        this.tables = new RttCommands(state);
        this.ripas = new RipasCommands(state);
        this.data = new DataCommands(state);
        this.unprotected = new UnprotectedCommands(state);
        this.recs = new RecCommands(state);
        this.entry = RecEntry.create(state);
        this.psci = new PsciCompletion(state);
        this.operations = new SroCommands(state);
    }

    @Override
    public int freeVmids() {
        return state.freeVmids();
    }

    @Override
    public long call(long fid, long a1, long a2, long a3, long a4, long a5, long[] out) {
        RmiCommand command = RmiCommand.of(fid);
        return command == null ? RmiStatus.NOT_SUPPORTED : dispatch(command, a1, a2, a3, a4, a5, out);
    }

    /** No default branch: a new command does not compile until it is handled here. */
    private long dispatch(RmiCommand command, long a1, long a2, long a3, long a4, long a5, long[] out) {
        if (!isAllowedNow(command)) {
            return RmiStatus.ERROR_GLOBAL;
        }
        return switch (command) {
            case RMI_VERSION -> platform.version(a1, out);
            case RMI_FEATURES -> platform.features(a1, out);
            case RMI_RMM_CONFIG_GET -> platform.configGet(a1);
            case RMI_RMM_CONFIG_SET -> platform.configSet(a1);
            case RMI_RMM_ACTIVATE -> platform.activate();
            case RMI_GRANULE_TRACKING_GET -> platform.trackingGet(a1, a2, out);
            case RMI_GPT_L1_CREATE -> platform.gptL1Create(a1);
            case RMI_GRANULE_RANGE_DELEGATE -> granules.delegate(a1, a2, out);
            case RMI_GRANULE_RANGE_UNDELEGATE -> granules.undelegate(a1, a2, out);
            case RMI_REALM_CREATE -> realms.create(a1, a2);
            case RMI_REALM_ACTIVATE -> realms.activate(a1);
            case RMI_REALM_TERMINATE -> realms.terminate(a1);
            case RMI_REALM_DESTROY -> realms.destroy(a1);
            case RMI_RTT_CREATE -> tables.create(a1, a2, a3, a4);
            case RMI_RTT_DESTROY -> tables.destroy(a1, a2, a3, out);
            case RMI_RTT_FOLD -> tables.fold(a1, a2, a3, out);
            case RMI_RTT_READ_ENTRY -> tables.readEntry(a1, a2, a3, out);
            case RMI_RTT_INIT_RIPAS -> ripas.init(a1, a2, a3, out);
            case RMI_RTT_SET_RIPAS -> ripas.set(a1, a2, a3, a4, out);
            case RMI_RTT_DATA_MAP_INIT -> data.mapInit(a1, a2, a3, a4, a5);
            case RMI_RTT_DATA_MAP -> data.map(a1, a2, a3, a4, a5, out);
            case RMI_RTT_DATA_UNMAP -> data.unmap(a1, a2, a3, a4, a5, out);
            case RMI_RTT_UNPROT_MAP -> unprotected.map(a1, a2, a3, a4, a5, out);
            case RMI_RTT_UNPROT_UNMAP -> unprotected.unmap(a1, a2, a3, a4, a5, out);
            case RMI_REC_CREATE -> recs.create(a1, a2, a3, out);
            case RMI_REC_DESTROY -> recs.destroy(a1, out);
            case RMI_REC_ENTER -> entry.enter(a1, a2);
            case RMI_PSCI_COMPLETE -> psci.complete(a1, a2, a3);
            case RMI_OP_CONTINUE -> operations.proceed(a1);
            case RMI_OP_MEM_DONATE -> operations.donate(a1, a2, a3, out);
            case RMI_OP_MEM_RECLAIM -> operations.reclaim(a1, a2, a3, out);
            case RMI_OP_CANCEL -> operations.cancel();
        };
    }

    /** The global state gate (reference section 2.6). */
    private boolean isAllowedNow(RmiCommand command) {
        return switch (command) {
            case RMI_VERSION, RMI_FEATURES, RMI_RMM_CONFIG_GET, RMI_GRANULE_TRACKING_GET -> true;
            case RMI_RMM_CONFIG_SET, RMI_RMM_ACTIVATE -> !state.active;
            default -> state.active;
        };
    }
}
