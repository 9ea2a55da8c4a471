package io.realmwright.machine.rmm;

/**
 * Memory of the host in the unprotected half, entry by entry (reference section 15). It holds no references and no
 * granules, so any address may be mapped.
 */
final class UnprotectedCommands1_0 {
    private final RmmState rmm;

    UnprotectedCommands1_0(RmmState rmm) {
        this.rmm = rmm;
    }

    long map(long rd, long ipa, long level, long descriptor) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null
                || !isEntryPosition(realm, ipa, level)
                || !NsDescriptor.isValid(realm, descriptor, (int) level)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level);
        if (walk.level() != level || !Rtte.isUnassigned(walk.entry())) {
            return RmiStatus.errorRtt(walk.level());
        }
        walk.entry(NsDescriptor.entry(realm, descriptor));
        return RmiStatus.SUCCESS;
    }

    /** X1 is the next IPA with something to unmap, also where there was nothing. */
    long unmap(long rd, long ipa, long level, long[] out) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null || !isEntryPosition(realm, ipa, level)) {
            return RmiStatus.ERROR_INPUT;
        }
        RttWalk walk = rmm.walk.to(realm, ipa, (int) level);
        if (walk.level() != level || !Rtte.isAssigned(walk.entry())) {
            out[1] = walk.nextLive(ipa);
            return RmiStatus.errorRtt(walk.level());
        }
        walk.entry(Rtte.UNASSIGNED_NS);
        out[1] = walk.nextLive(ipa);
        return RmiStatus.SUCCESS;
    }

    /** Whether {@code ipa} can have an entry of its own at {@code level}, 1 to 3 and not above the root tables. */
    private static boolean isEntryPosition(Realm realm, long ipa, long level) {
        return level >= Math.max(1, realm.startLevel)
                && level <= Rtt.LEAF_LEVEL
                && realm.isUnprotected(ipa)
                && Rtt.isAligned(ipa, (int) level);
    }
}
