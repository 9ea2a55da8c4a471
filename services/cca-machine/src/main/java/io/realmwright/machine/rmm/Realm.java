package io.realmwright.machine.rmm;

import io.realmwright.machine.rim.RimObserver;
import org.jspecify.annotations.Nullable;

/** A realm, as its RD granule describes it. */
final class Realm implements RealmView {
    /** References that an RD can hold. */
    private static final int RECS_MAX = 1023;

    final long rd;
    final int ipaBits;
    final boolean lpa2;
    final int startLevel;
    final Rtt[] roots;
    /** log2 of the bytes that one root table maps. */
    private final int rootShift;

    final RealmExtensions extensions;
    final byte[] rpv;
    final Measurement measurement;
    /** Who it is among all realms, in the tokens of RMM 2.0. */
    final byte[] instanceId;

    RealmState state = RealmState.NEW;
    /** RECs that exist: the RD's reference count. */
    int liveRecs;
    /** RECs ever created: the index of the next one. */
    int recCount;
    /** RECs inside RMI_REC_ENTER. */
    int runningRecs;

    Realm(
            long rd,
            RealmParams params,
            RealmExtensions extensions,
            Rtt[] roots,
            byte[] instanceId,
            @Nullable RimObserver rimObserver) {
        this.rd = rd;
        this.ipaBits = params.ipaBits();
        this.lpa2 = params.lpa2();
        this.startLevel = params.startLevel();
        this.roots = roots;
        this.rootShift = Rtt.entryShift(startLevel - 1);
        this.extensions = extensions;
        this.rpv = params.rpv();
        this.measurement = new Measurement(params, rimObserver);
        this.instanceId = instanceId;
    }

    /** The root table that maps an IPA of the realm's space. */
    Rtt root(long ipa) {
        return roots[(int) (ipa >>> rootShift)];
    }

    /** Enters a state from which there is no way back to NEW. */
    void leaveNewFor(RealmState next) {
        state = next;
        measurement.freezeRim();
    }

    /** Whether the realm cannot have another REC. */
    boolean isFull() {
        return liveRecs >= RECS_MAX;
    }

    long ipaSize() {
        return 1L << ipaBits;
    }

    /** The first IPA above the protected half (PAR). */
    long protectedTop() {
        return 1L << (ipaBits - 1);
    }

    boolean isInIpaSpace(long ipa) {
        return Long.compareUnsigned(ipa, ipaSize()) < 0;
    }

    boolean isProtected(long ipa) {
        return Long.compareUnsigned(ipa, protectedTop()) < 0;
    }

    /** In the IPA space, and outside PAR. */
    boolean isUnprotected(long ipa) {
        return isInIpaSpace(ipa) && !isProtected(ipa);
    }

    /** Whether output addresses of this realm's tables can name {@code address}. */
    boolean canMap(long address) {
        return lpa2 || address >>> 48 == 0;
    }

    /** What an entry at this IPA is when nobody has touched it, or after its table is gone. */
    long vacantEntry(long ipa, int ripas) {
        return isProtected(ipa) ? Rtte.unassigned(ripas) : Rtte.UNASSIGNED_NS;
    }

    @Override
    public String state() {
        return state.name();
    }

    @Override
    public int recCount() {
        return recCount;
    }

    @Override
    public int startLevel() {
        return startLevel;
    }

    @Override
    public int ipaBits() {
        return ipaBits;
    }

    @Override
    public byte[] measurement(int slot) {
        return measurement.read(slot);
    }
}
