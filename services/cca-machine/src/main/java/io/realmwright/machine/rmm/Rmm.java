package io.realmwright.machine.rmm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Realm Management Monitor of RMI 2.0 and the memory that it manages. {@link #smc} is the raw register ABI and the
 * one implementation; all else here is for looking. One thread at a time may use it.
 */
public final class Rmm {
    /** Registers of an SMC: the FID and its results in X0, arguments and outputs behind it. */
    public static final int REGISTERS = 8;

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

    public Rmm(RmmConfig config, GuestSoftware guest) {
        this.state = new RmmState(config, guest);
        this.platform = new PlatformCommands(state);
        this.granules = new GranuleCommands(state);
        this.realms = new RealmCommands(state);
        this.tables = new RttCommands(state);
        this.ripas = new RipasCommands(state);
        this.data = new DataCommands(state);
        this.unprotected = new UnprotectedCommands(state);
        this.recs = new RecCommands(state);
        this.entry = new RecEntry(state);
        this.psci = new PsciCompletion(state);
        this.operations = new SroCommands(state);
    }

    /**
     * One RMI call. Bad arguments are answered, never thrown.
     *
     * @param x at least {@link #REGISTERS} words: the FID in {@code x[0]} and arguments in {@code x[1..6]} when called,
     *     the results in {@code x[0..7]} when it returns
     * @throws BrokenInvariant if the machine contradicts itself
     */
    public void smc(long[] x) {
        RmiCommand command = RmiCommand.of(x[0]);
        long a1 = x[1];
        long a2 = x[2];
        long a3 = x[3];
        long a4 = x[4];
        long a5 = x[5];
        Arrays.fill(x, 1, REGISTERS, 0);
        x[0] = command == null ? RmiStatus.NOT_SUPPORTED : dispatch(command, a1, a2, a3, a4, a5, x);
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
            case RMI_VSMMU_CREATE, RMI_GRANULE_TRACKING_SET -> RmiStatus.NOT_SUPPORTED;
        };
    }

    /** The global state gate (reference section 2.6). */
    private boolean isAllowedNow(RmiCommand command) {
        return switch (command) {
            case RMI_VERSION, RMI_FEATURES, RMI_RMM_CONFIG_GET, RMI_GRANULE_TRACKING_GET -> true;
            case RMI_VSMMU_CREATE, RMI_GRANULE_TRACKING_SET -> true;
            case RMI_RMM_CONFIG_SET, RMI_RMM_ACTIVATE -> !state.active;
            default -> state.active;
        };
    }

    public PhysicalMemory memory() {
        return state.memory;
    }

    /** Whether the host itself may access this granule: NS, or no DRAM at all. */
    public boolean isHostAccessible(long address) {
        long granule = address & -4096L;
        return !state.granules.isKnown(granule) || state.granules.is(granule, GranuleState.NS);
    }

    /** The state of a granule of DRAM. */
    public GranuleState granuleState(long address) {
        return state.granules.state(address);
    }

    public int refcount(long address) {
        return state.granules.refcount(address);
    }

    public long countOf(GranuleState granuleState) {
        return state.granules.countOf(granuleState);
    }

    public void forEachUsedGranule(GranuleVisitor visitor) {
        state.granules.forEachUsed(visitor);
    }

    /** The realm of an RD granule, null if the granule is none. */
    public @Nullable RealmView realm(long rd) {
        return state.granules.realm(rd);
    }

    /** What a realm's guest sees at an IPA of mapped memory, which may not cross a granule; false if nothing is there. */
    public boolean readGuest(long rd, long ipa, byte[] into) {
        Realm realm = state.granules.realm(rd);
        long address = realm == null ? Stage2.NOT_MAPPED : state.stage2.translate(realm, ipa);
        if (address == Stage2.NOT_MAPPED) {
            return false;
        }
        state.memory.read(address, into, 0, into.length);
        return true;
    }

    /** Writes as a realm's guest would, within one granule of mapped memory; false if nothing is there. */
    public boolean writeGuest(long rd, long ipa, byte[] from) {
        Realm realm = state.granules.realm(rd);
        long address = realm == null ? Stage2.NOT_MAPPED : state.stage2.translate(realm, ipa);
        if (address == Stage2.NOT_MAPPED) {
            return false;
        }
        state.memory.write(address, from, 0, from.length);
        return true;
    }
}
