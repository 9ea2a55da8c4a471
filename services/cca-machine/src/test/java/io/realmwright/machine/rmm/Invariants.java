package io.realmwright.machine.rmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every machine after every call, recounted from nothing but its tables: no granule is lost or has two
 * roles, every reference is counted, and a RIM changes only while its realm is NEW.
 */
public final class Invariants {
    private static final int PAGE_SHIFT = 12;
    private static final int STATES = GranuleState.values().length;

    private final Rmm rmm;
    private final RmmState state;
    private final long base;
    /** RIMs of realms that are no longer NEW. */
    private final Map<Realm, byte[]> frozen = new HashMap<>();
    /** Granules that something accounts for. */
    private final boolean[] claimed;

    private final long[] counts = new long[STATES];
    private final List<Realm> realms = new ArrayList<>();
    private final List<Rec> recs = new ArrayList<>();

    /**
     * Of a machine.
     *
     * @param granules of its DRAM
     */
    public Invariants(Rmm rmm, int granules) {
        this.rmm = rmm;
        this.state = rmm.state();
        this.base = state.config.dramBase();
        this.claimed = new boolean[granules];
    }

    /**
     * Looks at the whole machine.
     *
     * @throws AssertionError naming what is broken
     */
    public void check() {
        Arrays.fill(claimed, false);
        census();
        recs.forEach(this::checkRec);
        realms.forEach(this::checkRealm);
        for (Sro operation : state.operations.underWay()) {
            int released = Math.max(operation.released, operation.reclaimed);
            for (int i = released; i < operation.reclaimed + operation.held; i++) {
                claim(GranuleState.REC_AUX, operation.granules[i]);
            }
        }
        demand(
                counts[GranuleState.PARTIAL.code()]
                        == state.operations.underWay().size(),
                "there are as many PARTIAL granules as operations under way",
                0);
        rmm.forEachUsedGranule((index, granule, refcount) -> {
            boolean used = granule != GranuleState.DELEGATED && granule != GranuleState.PARTIAL;
            demand(
                    claimed[(int) index] == used,
                    "a granule that is " + granule + " is what something accounts for",
                    index);
        });
        frozen.keySet().removeIf(realm -> state.granules.realm(realm.rd) != realm);
    }

    /** Counts the granules again, and finds everybody who lives in one. */
    private void census() {
        Arrays.fill(counts, 0);
        counts[GranuleState.NS.code()] = claimed.length;
        realms.clear();
        recs.clear();
        rmm.forEachUsedGranule((index, granule, refcount) -> {
            long address = base + (index << PAGE_SHIFT);
            counts[granule.code()]++;
            counts[GranuleState.NS.code()]--;
            if (granule == GranuleState.RD) {
                realms.add(present(state.granules.realm(address), "an RD granule is a realm's", address));
            } else if (granule == GranuleState.REC) {
                recs.add(present(state.granules.rec(address), "a REC granule is a REC's", address));
            }
        });
        for (GranuleState each : GranuleState.values()) {
            demand(rmm.countOf(each) == counts[each.code()], "granules counted as " + each + " are " + each, 0);
        }
    }

    private void checkRec(Rec rec) {
        demand(state.granules.realm(rec.realm.rd) == rec.realm, "a REC has its realm", rec.address);
        demand(!rec.running, "no REC runs while the host does", rec.address);
        claim(GranuleState.REC, rec.address);
        for (long auxiliary : rec.auxiliaryGranules) {
            claim(GranuleState.REC_AUX, auxiliary);
        }
    }

    private void checkRealm(Realm realm) {
        claim(GranuleState.RD, realm.rd);
        long ownRecs = recs.stream().filter(rec -> rec.realm == realm).count();
        demand(realm.liveRecs == ownRecs, "the references to an RD are its RECs", realm.rd);
        demand(realm.runningRecs == 0, "no REC runs while the host does", realm.rd);
        for (Rtt root : realm.roots) {
            checkTable(realm, root);
        }
        for (long root : realm.extensions.auxiliaryRoots()) {
            claim(GranuleState.RTT, root);
        }
        if (realm.state != RealmState.NEW) {
            byte[] rim = realm.measurement(0);
            byte[] before = frozen.putIfAbsent(realm, rim);
            demand(before == null || Arrays.equals(before, rim), "a RIM changes only while its realm is NEW", realm.rd);
        }
    }

    private void checkTable(Realm realm, Rtt table) {
        claim(GranuleState.RTT, table.address);
        int references = 0;
        for (int i = 0; i < Rtt.ENTRIES; i++) {
            long entry = table.entries[i];
            Rtt child = table.child(i);
            demand(Rtte.isTable(entry) == (child != null), "an entry and its link agree", table.address);
            if (child != null) {
                demand(Rtte.address(entry) == child.address, "an entry names the table it links", table.address);
                boolean inPlace = child.level == table.level + 1 && child.ipaBase == table.ipaOf(i);
                demand(inPlace, "a table is where its entry is", child.address);
                checkTable(realm, child);
                references++;
            } else if (realm.isProtected(table.ipaOf(i))) {
                demand(!Rtte.isNs(entry), "no NS entry is in the protected half", table.address);
                references += claimData(table, entry);
            } else {
                demand(Rtte.isNs(entry), "only NS entries are in the unprotected half", table.address);
            }
        }
        demand(table.refcount == references, "the references to a table are its tables and data", table.address);
    }

    /** References of an entry. */
    private int claimData(Rtt table, long entry) {
        if (!Rtte.isAssigned(entry)) {
            return 0;
        }
        for (long offset = 0; offset < Rtt.entrySize(table.level); offset += 1 << PAGE_SHIFT) {
            claim(GranuleState.DATA, Rtte.address(entry) + offset);
        }
        return 1;
    }

    private void claim(GranuleState role, long address) {
        demand(state.granules.is(address, role), "what is used in a role is in its state", address);
        int index = (int) ((address - base) >>> PAGE_SHIFT);
        demand(!claimed[index], "a granule has one role", address);
        claimed[index] = true;
    }

    private static void demand(boolean holds, String invariant, long address) {
        if (!holds) {
            throw new AssertionError("broken: " + invariant + ": 0x" + Long.toHexString(address));
        }
    }

    private static <T> T present(@Nullable T object, String invariant, long address) {
        if (object == null) {
            throw new AssertionError("broken: " + invariant + ": 0x" + Long.toHexString(address));
        }
        return object;
    }
}
