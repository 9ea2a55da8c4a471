package io.realmwright.machine.rmm;

import org.jspecify.annotations.Nullable;

/** Where a walk through the tables of a realm stopped. One of them serves all walks of a machine. */
final class RttWalk {
    Rtt table = new Rtt(0, 0, 0);
    int index;

    /**
     * Follows tables from the root until level {@code target}, or until an entry is no table.
     *
     * @param ipa below the realm's IPA size
     */
    RttWalk to(Realm realm, long ipa, int target) {
        Rtt current = realm.root(ipa);
        int at = current.indexOf(ipa);
        while (current.level < target) {
            Rtt child = current.child(at);
            if (child == null) {
                break;
            }
            current = child;
            at = current.indexOf(ipa);
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

    /** The table that the entry names, null if it names none. */
    @Nullable
    Rtt child() {
        return table.child(index);
    }

    /** {@code ipa} if the walk stopped at a live entry; otherwise where the next one of that table is, or its end. */
    long nextLive(long ipa) {
        return Rtte.isLive(entry()) ? ipa : table.nextLive(index);
    }
}
