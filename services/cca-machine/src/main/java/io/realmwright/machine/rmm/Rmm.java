package io.realmwright.machine.rmm;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.fault.MachineBroken;
import io.realmwright.machine.rim.RimObserver;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Realm Management Monitor and the memory that it manages. {@link #smc} is the raw register ABI and the one
 * implementation; all else here is for looking. One thread at a time may use it.
 */
public final class Rmm {
    /** Registers of an SMC: the FID and its results in X0, arguments and outputs behind it. */
    public static final int REGISTERS = 8;

    private final RmmState state;
    private final CommandSet commands;
    /** Why the machine has stopped; null while it runs. */
    private @Nullable MachineBroken broken;

    /** An RMM without firmware that could attest. */
    public Rmm(RmmConfig config, GuestSoftware guest) {
        this(config, guest, TokenSigner.NONE, new SplittableRandom(0));
    }

    /**
     * An RMM that speaks the revision of {@code config}.
     *
     * @param random the hardware's source of randomness; nothing but tokens shows what came from it
     */
    public Rmm(RmmConfig config, GuestSoftware guest, TokenSigner signer, RandomGenerator random) {
        this.state = new RmmState(config, guest, signer, random);
        this.commands = switch (config.revision()) {
            case RMI_1_0 -> new CommandSet1_0(state);
            case RMI_2_0 -> new CommandSet2_0(state);
        };
    }

    /**
     * One RMI call. Bad arguments are answered, never thrown.
     *
     * @param x at least {@link #REGISTERS} words: the FID in {@code x[0]} and arguments in {@code x[1..6]} when called,
     *     the results in {@code x[0..7]} when it returns
     * @throws MachineBroken if the machine contradicts itself, now and at every later call
     */
    public void smc(long[] x) {
        if (broken != null) {
            throw broken;
        }
        long fid = x[0];
        long a1 = x[1];
        long a2 = x[2];
        long a3 = x[3];
        long a4 = x[4];
        long a5 = x[5];
        Arrays.fill(x, 1, REGISTERS, 0);
        try {
            x[0] = commands.call(fid, a1, a2, a3, a4, a5, x);
            state.walk.check();
        } catch (RuntimeException e) {
            broken = new MachineBroken(commands.describe(fid, a1, a2, a3, a4, a5), e);
            throw broken;
        }
    }

    /** Everything that the machine knows, for tests of its invariants. */
    RmmState state() {
        return state;
    }

    public PhysicalMemory memory() {
        return state.memory;
    }

    /** Whether the host itself may access this granule: NS, or no DRAM at all. */
    public boolean isHostAccessible(long address) {
        return state.isNonSecure(address);
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

    /** VMIDs that no realm has: as many realms can still be created, memory permitting. */
    public int freeVmids() {
        return commands.freeVmids();
    }

    public void forEachUsedGranule(GranuleVisitor visitor) {
        state.granules.forEachUsed(visitor);
    }

    /** The realm of an RD granule, null if the granule is none. */
    public @Nullable RealmView realm(long rd) {
        return state.granules.realm(rd);
    }

    /** Tells {@code observer} of the RIMs of realms that are created from now on; null tells nobody. */
    public void observeRims(@Nullable RimObserver observer) {
        state.rimObserver = observer;
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
