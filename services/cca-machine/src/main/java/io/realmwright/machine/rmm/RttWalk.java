package io.realmwright.machine.rmm;

/** Where a walk through the tables of a realm stopped. One of them serves all walks of a machine. */
final class RttWalk {
    private final GranuleTable granules;

    Rtt table;
    int index;

    RttWalk(GranuleTable granules) {
        this.granules = granules;
        this.table = new Rtt(0, 0, 0);
    }

    /**
     * Follows tables from the root until level {@code target}, or until an entry is no table.
     *
     * @param ipa below the realm's IPA size
     */
    RttWalk to(Realm realm, long ipa, int target) {
        long rootIndex = ipa >>> Rtt.entryShift(realm.startLevel);
        Rtt current = realm.roots[(int) (rootIndex / Rtt.ENTRIES)];
        int at = (int) (rootIndex % Rtt.ENTRIES);
        while (current.level < target && Rtte.isTable(current.entries[at])) {
            current = granules.rtt(Rtte.address(current.entries[at]));
            at = (int) (ipa >>> Rtt.entryShift(current.level)) & (Rtt.ENTRIES - 1);
        }
        table = current;
        index = at;
        return this;
    }

    int level() {
        return table.level;
    }

    long entry() {
        return table.entries[index];
    }

    void entry(long entry) {
        table.entries[index] = entry;
    }

    /** {@code ipa} if the walk stopped at a live entry; otherwise where the next one of that table is, or its end. */
    long nextLive(long ipa) {
        return Rtte.isLive(entry()) ? ipa : table.nextLive(index);
    }
}
