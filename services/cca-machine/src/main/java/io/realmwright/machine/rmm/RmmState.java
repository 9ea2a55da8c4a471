package io.realmwright.machine.rmm;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.Granule;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything that the RMM of one machine knows, shared by its families of commands. */
final class RmmState {
    /** VMIDs are 16 bits wide, and 0 is the host's. */
    private static final int VMIDS = (1 << 16) - 1;

    private static final int INSTANCE_ID_BYTES = 32;

    final RmmConfig config;
    final GranuleTable granules;
    final PhysicalMemory memory;
    final boolean[] delegatedDevices;
    final SroPool operations;
    final RttWalk walk;
    final Stage2 stage2;
    final GuestSoftware guest;
    final TokenSigner signer;

    /** RMI_RMM_ACTIVATE has been called. */
    boolean active;

    /** Hears of the RIMs of realms created from now on. */
    @Nullable
    RimObserver rimObserver;

    private final RandomGenerator random;

    /** What is being measured: a hash is slow at bytes that are in no cache, a copy is not. */
    private final byte[] measured = new byte[Granule.SIZE_BYTES];

    private int vmidsInUse;
    private long mecidsInUse;

    RmmState(RmmConfig config, GuestSoftware guest, TokenSigner signer, RandomGenerator random) {
        this.config = config;
        this.granules = new GranuleTable(config.dramBase(), config.dramGranules());
        this.memory = new PhysicalMemory(config.dramBase(), config.dramGranules());
        this.delegatedDevices = new boolean[Math.toIntExact(config.deviceGranules())];
        this.operations = new SroPool(config.sroContexts());
        this.walk = new RttWalk();
        this.stage2 = new Stage2(this);
        this.guest = guest;
        this.signer = signer;
        this.random = random;
    }

    byte[] drawInstanceId() {
        byte[] instanceId = new byte[INSTANCE_ID_BYTES];
        random.nextBytes(instanceId);
        return instanceId;
    }

    /** Whether the host may hand this page to the RMM: granule aligned and NS. */
    boolean isHostPage(long address) {
        return granules.is(address, GranuleState.NS);
    }

    /** Copies a page of the host to where a NEW realm is to find it, and extends the RIM. */
    void populate(Realm realm, long ipa, long data, long src, boolean contentsMeasured) {
        memory.copyGranule(src, data);
        if (contentsMeasured) {
            memory.read(src, measured, 0, Granule.SIZE_BYTES);
        }
        realm.measurement.extendData(ipa, contentsMeasured, measured);
    }

    /** Whether the world outside of realms may access this address: NS memory, or no DRAM at all. */
    boolean isNonSecure(long address) {
        long granule = address & -Granule.SIZE_BYTES;
        return !granules.isKnown(granule) || granules.is(granule, GranuleState.NS);
    }

    /** Takes a VMID for each plane of a realm, and a MECID if it has one of its own; false if there are not enough. */
    boolean takeIds(int planes, boolean privateMec) {
        if (vmidsInUse + planes > VMIDS || (privateMec && mecidsInUse >= config.mecidsMax())) {
            return false;
        }
        vmidsInUse += planes;
        mecidsInUse += privateMec ? 1 : 0;
        return true;
    }

    int freeVmids() {
        return VMIDS - vmidsInUse;
    }

    void releaseIds(int planes, boolean privateMec) {
        vmidsInUse -= planes;
        mecidsInUse -= privateMec ? 1 : 0;
    }
}
