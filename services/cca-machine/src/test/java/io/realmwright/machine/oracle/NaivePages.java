package io.realmwright.machine.oracle;

import static io.realmwright.machine.oracle.Geometry.PAGE;
import static io.realmwright.machine.oracle.Geometry.alignDown;
import static io.realmwright.machine.oracle.Geometry.entrySize;
import static io.realmwright.machine.oracle.Geometry.tableSize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * A realm's protected memory written down page by page, and beside it which tables there are. Only the pages of a
 * window are written down; nothing outside it is ever mapped.
 */
final class NaivePages {
    static final int EMPTY = 0;
    static final int RAM = 1;
    static final int DESTROYED = 2;

    private static final long NOTHING = 0;

    final int startLevel;
    final long base;
    final long top;
    private final byte[] ripas;
    private final long[] contents;
    /** By level: the granule of the table that begins at an IPA. */
    private final List<Map<Long, Long>> tables =
            List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());

    NaivePages(int startLevel, long base, long top) {
        this.startLevel = startLevel;
        this.base = base;
        this.top = top;
        this.ripas = new byte[(int) ((top - base) / PAGE)];
        this.contents = new long[ripas.length];
    }

    private int page(long ipa) {
        return (int) ((ipa - base) / PAGE);
    }

    boolean isWrittenDown(long ipa) {
        return base <= ipa && ipa < top;
    }

    int ripas(long ipa) {
        return ripas[page(ipa)];
    }

    void ripas(long ipa, int value) {
        ripas[page(ipa)] = (byte) value;
    }

    boolean isAssigned(long ipa) {
        return isWrittenDown(ipa) && contents[page(ipa)] != NOTHING;
    }

    /** The physical address behind a page, 0 if there is none. */
    long contents(long ipa) {
        return contents[page(ipa)];
    }

    void map(long ipa, long address) {
        contents[page(ipa)] = address;
    }

    void unmap(long ipa) {
        contents[page(ipa)] = NOTHING;
    }

    /** Does something to every page of what an entry or a table maps. */
    void forEachPage(long from, long size, LongConsumer action) {
        for (long ipa = Math.max(from, base); ipa < Math.min(from + size, top); ipa += PAGE) {
            action.accept(ipa);
        }
    }

    void addTable(long ipa, int level, long granule) {
        tables.get(level).put(ipa, granule);
    }

    long removeTable(long ipa, int level) {
        return Objects.requireNonNull(tables.get(level).remove(ipa));
    }

    /** The granule of the table below the entry that maps {@code ipa} at a level. */
    long tableBelow(long ipa, int level) {
        return Objects.requireNonNull(tables.get(level + 1).get(alignDown(ipa, entrySize(level))));
    }

    /** Whether the entry that maps {@code ipa} at a level is a table. */
    boolean isTable(long ipa, int level) {
        return level < 3 && tables.get(level + 1).containsKey(alignDown(ipa, entrySize(level)));
    }

    /** How deep a walk for {@code ipa} gets that is not to go deeper than {@code wanted}. */
    int levelOf(long ipa, int wanted) {
        int level = startLevel;
        while (level < wanted && isTable(ipa, level)) {
            level++;
        }
        return level;
    }

    /** The end of the table at a level through which {@code ipa} is mapped. */
    static long endOfTable(long ipa, int level) {
        return alignDown(ipa, tableSize(level)) + tableSize(level);
    }

    boolean isLive(long ipa, int level) {
        return isTable(ipa, level) || isAssigned(ipa);
    }

    /** The first entry that is a table or assigned, from the one after that of {@code ipa}; or the table's end. */
    long nextLive(long ipa, int level) {
        long next = alignDown(ipa, entrySize(level)) + entrySize(level);
        while (next < endOfTable(ipa, level) && !isLive(next, level)) {
            next += entrySize(level);
        }
        return next;
    }

    /** Entries of a table, which begins at {@code ipa}, that are tables or assigned. */
    int liveEntries(long ipa, int level) {
        int live = 0;
        for (long entry = ipa; entry < ipa + tableSize(level); entry += entrySize(level)) {
            live += isLive(entry, level) ? 1 : 0;
        }
        return live;
    }

    boolean holdsTables(long ipa, int level) {
        for (long entry = ipa; entry < ipa + tableSize(level); entry += entrySize(level)) {
            if (isTable(entry, level)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all pages from {@code ipa} on are alike: same RIPAS, and nothing mapped or one stretch of memory. */
    boolean isUniform(long ipa, long size) {
        for (long offset = 0; offset < size; offset += PAGE) {
            long expected = isAssigned(ipa) ? contents(ipa) + offset : NOTHING;
            if (ripas(ipa + offset) != ripas(ipa) || contents(ipa + offset) != expected) {
                return false;
            }
        }
        return true;
    }
}
