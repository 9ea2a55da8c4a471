package io.realmwright.machine.rmm;

/** Stage-2 tables (reference sections 4.15 and 4.16, geometry in 7). */
sealed class RttCommands permits RttCommands1_0 {
    private final RmmState rmm;

    RttCommands(RmmState rmm) {
        this.rmm = rmm;
    }

    long create(long rd, long table, long ipa, long level) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || !rmm.granules.is(table, GranuleState.DELEGATED)
                || !isTablePosition(realm, ipa, level)
                || !realm.canMap(table)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level - 1);
        if (walk.level() != level - 1 || Rtte.isTable(walk.entry())) {
            return RmiStatus.errorRtt(walk.level());
        }
        Rtt child = new Rtt(table, (int) level, ipa);
        long parentEntry = walk.entry();
        child.fill(parentEntry);
        if (Rtte.isProtectedData(parentEntry)) {
            // The reference of the block becomes the reference of the table.
            child.refcount = Rtt.ENTRIES;
        } else {
            walk.table.refcount++;
        }
        walk.table.link(walk.index, child);
        rmm.granules.become(table, GranuleState.RTT, child);
        return RmiStatus.SUCCESS;
    }

    long destroy(long rd, long ipa, long level, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null || !isTablePosition(realm, ipa, level)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level - 1);
        Rtt child = walk.child();
        if (walk.level() != level - 1 || child == null) {
            out[2] = walk.nextLive(ipa);
            return RmiStatus.errorRtt(walk.level());
        }
        if (child.refcount != 0) {
            out[2] = ipa;
            return RmiStatus.errorRtt(child.level);
        }
        walk.table.unlink(walk.index, realm.vacantEntry(ipa, Rtte.DESTROYED));
        walk.table.refcount--;
        rmm.granules.become(child.address, GranuleState.DELEGATED);
        out[1] = child.address;
        out[2] = walk.nextLive(ipa);
        return RmiStatus.SUCCESS;
    }

    long fold(long rd, long ipa, long level, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null || !isTablePosition(realm, ipa, level)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level - 1);
        Rtt child = walk.child();
        if (walk.level() != level - 1 || child == null) {
            return RmiStatus.errorRtt(walk.level());
        }
        boolean full = child.refcount == Rtt.ENTRIES;
        if ((child.refcount != 0 && !full) || !child.isHomogeneous()) {
            return RmiStatus.errorRtt(child.level);
        }
        long folded = child.entries[0];
        if (Rtte.isAssigned(folded)) {
            if (level <= 1) {
                return RmiStatus.errorRtt(walk.level());
            }
            if (!Rtt.isAligned(Rtte.address(folded), walk.level())) {
                return RmiStatus.errorRtt(child.level);
            }
        }
        walk.table.unlink(walk.index, folded);
        if (!full) {
            walk.table.refcount--;
        }
        rmm.granules.become(child.address, GranuleState.DELEGATED);
        out[1] = child.address;
        return RmiStatus.SUCCESS;
    }

    long readEntry(long rd, long ipa, long level, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || level < realm.startLevel
                || level > Rtt.LEAF_LEVEL
                || !realm.isInIpaSpace(ipa)
                || !Rtt.isAligned(ipa, (int) level)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level);
        long entry = walk.entry();
        out[1] = walk.level();
        out[2] = Rtte.kind(entry);
        out[3] = Rtte.isNs(entry) && Rtte.isAssigned(entry) ? nsDescriptor(realm, entry) : Rtte.address(entry);
        out[4] = Rtte.ripas(entry);
        return RmiStatus.SUCCESS;
    }

    /** What an NS mapping shows of its address and attributes. */
    long nsDescriptor(Realm realm, long entry) {
        return NsMapping.descriptor(entry);
    }

    /** Whether a table at {@code level} can be for {@code ipa}: below the start level, and aligned to what it maps. */
    private static boolean isTablePosition(Realm realm, long ipa, long level) {
        return level > realm.startLevel
                && level <= Rtt.LEAF_LEVEL
                && realm.isInIpaSpace(ipa)
                && Rtt.isAligned(ipa, (int) level - 1);
    }
}
