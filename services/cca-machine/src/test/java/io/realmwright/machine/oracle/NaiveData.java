package io.realmwright.machine.oracle;

import static io.realmwright.machine.oracle.Geometry.PAGE;
import static io.realmwright.machine.oracle.Geometry.entrySize;
import static io.realmwright.machine.oracle.Geometry.isAligned;
import static io.realmwright.machine.oracle.NaivePages.DESTROYED;
import static io.realmwright.machine.oracle.NaivePages.EMPTY;
import static io.realmwright.machine.oracle.NaivePages.RAM;
import static io.realmwright.machine.oracle.NaivePages.endOfTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The commands of {@link NaiveRealm} that give a realm contents and take them away. */
final class NaiveData {
    private static final int NONE = 0;
    private static final int SINGLE = 1;
    private static final int LIST = 2;

    private final NaiveRealm realm;
    private final NaivePages pages;
    private final Set<Long> delegated;

    NaiveData(NaiveRealm realm, NaivePages pages, Set<Long> delegated) {
        this.realm = realm;
        this.pages = pages;
        this.delegated = delegated;
    }

    Answer mapInit(long granule, long ipa, long flags) {
        if (flags != 0 && flags != 1) {
            return Answer.INPUT;
        }
        if (realm.state() != NaiveRealm.State.NEW) {
            return Answer.REALM;
        }
        if (!realm.isProtected(ipa) || !isAligned(ipa, PAGE)) {
            return Answer.INPUT;
        }
        int reached = pages.levelOf(ipa, 3);
        if (reached != 3 || pages.isAssigned(ipa)) {
            return Answer.rtt(reached);
        }
        if (!delegated.remove(granule)) {
            return Answer.INPUT;
        }
        pages.map(ipa, granule);
        pages.ripas(ipa, RAM);
        return Answer.DONE;
    }

    /** One block of memory that the host offers. */
    private record Block(long address, int level, boolean delegated) {}

    private static List<Block> blocks(Call call) {
        List<Long> words = (call.argument(3) & 3) == SINGLE ? List.of(call.argument(4)) : call.list();
        List<Block> blocks = new ArrayList<>();
        for (Range range : words.stream().map(Range::of).toList()) {
            for (int i = 0; i < range.blocks(); i++) {
                blocks.add(new Block(range.block(i), range.level(), range.delegated()));
            }
        }
        return blocks;
    }

    Answer map(Call call) {
        long base = call.argument(1);
        long top = call.argument(2);
        if (realm.state() == NaiveRealm.State.ZOMBIE) {
            return Answer.REALM;
        }
        List<Block> blocks = blocks(call);
        boolean offers = !blocks.isEmpty() && blocks.getFirst().delegated();
        if (!offers || !realm.isProtectedRange(base, top)) {
            return Answer.INPUT;
        }
        int level = blocks.getFirst().level();
        if (level < 1 || level < pages.startLevel || !isAligned(base, entrySize(level))) {
            return Answer.INPUT;
        }
        if (top - base < entrySize(level)) {
            return Answer.rtt(level);
        }
        int reached = pages.levelOf(base, level);
        return reached == level ? mapAt(level, base, top, blocks) : Answer.rtt(reached);
    }

    private Answer mapAt(int level, long base, long top, List<Block> blocks) {
        long cursor = base;
        Answer obstacle = Answer.DONE;
        for (int i = 0; cursor < Math.min(top, endOfTable(base, level)); i++) {
            obstacle = i < blocks.size() ? obstacle(blocks.get(i), level, cursor, top) : Answer.INPUT;
            if (!obstacle.equals(Answer.DONE)) {
                break;
            }
            long address = blocks.get(i).address();
            long ipa = cursor;
            pages.forEachPage(ipa, entrySize(level), page -> {
                pages.map(page, address + page - ipa);
                delegated.remove(address + page - ipa);
            });
            cursor += entrySize(level);
        }
        return cursor == base ? obstacle : Answer.done(cursor);
    }

    private Answer obstacle(Block block, int level, long ipa, long top) {
        long size = entrySize(level);
        if (!block.delegated()) {
            return Answer.INPUT;
        }
        if (block.level() != level || top - ipa < size) {
            return Answer.rtt(level);
        }
        if (!isAligned(block.address(), size)) {
            return Answer.INPUT;
        }
        if (pages.isTable(ipa, level)) {
            return Answer.rtt(level);
        }
        if (pages.isAssigned(ipa)) {
            return pages.contents(ipa) == block.address() ? Answer.DONE : Answer.rtt(level);
        }
        for (long granule = block.address(); granule < block.address() + size; granule += PAGE) {
            if (!delegated.contains(granule)) {
                return Answer.INPUT;
            }
        }
        return Answer.DONE;
    }

    /** What an unmap tells of the memory that it frees. */
    private static final class Report {
        private final int type;
        private final int room;
        private final List<Range> ranges = new ArrayList<>();

        Report(int type, int room) {
            this.type = type;
            this.room = room;
        }

        boolean takes(long address, int level) {
            if (type == NONE) {
                return true;
            }
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                if (range.level() == level && address == range.block(range.blocks())) {
                    ranges.set(i, new Range(range.address(), level, range.blocks() + 1, true));
                    return true;
                }
                if (type == LIST && range.level() == level && address + entrySize(level) == range.address()) {
                    ranges.set(i, new Range(address, level, range.blocks() + 1, true));
                    return true;
                }
            }
            boolean fits = ranges.size() < (type == SINGLE ? 1 : room);
            if (fits) {
                ranges.add(new Range(address, level, 1, true));
            }
            return fits;
        }
    }

    /** The words that the last command left in the caller's list. */
    List<Long> listed = List.of();

    Answer unmap(Call call) {
        long base = call.argument(1);
        long top = call.argument(2);
        int type = (int) call.argument(3) & 3;
        int count = (int) (call.argument(3) >> 2) & 0x3fff;
        boolean sensible = type == LIST ? count > 0 : type < LIST && count == 0 && call.argument(4) == 0;
        if (!realm.isProtectedRange(base, top) || !sensible) {
            return Answer.INPUT;
        }
        int level = pages.levelOf(base, 3);
        var report = new Report(type, Math.min(count, 512));
        long cursor = isAligned(base, entrySize(level)) ? sweep(level, base, top, report) : base;
        if (cursor == base) {
            return Answer.rtt(level);
        }
        List<Long> words = report.ranges.stream().map(Range::word).toList();
        if (type == LIST) {
            listed = words;
            return new Answer(0, cursor, 0, words.size(), 0);
        }
        return new Answer(0, cursor, words.isEmpty() ? 0 : words.getFirst(), 0, 0);
    }

    private long sweep(int level, long base, long top, Report report) {
        long size = entrySize(level);
        long cursor = base;
        while (cursor < endOfTable(base, level) && cursor + size <= top && !pages.isTable(cursor, level)) {
            if (pages.isAssigned(cursor)) {
                if (!report.takes(pages.contents(cursor), level)) {
                    break;
                }
                pages.forEachPage(cursor, size, this::takeAway);
            }
            cursor += size;
        }
        return cursor;
    }

    private void takeAway(long page) {
        delegated.add(pages.contents(page));
        pages.unmap(page);
        pages.ripas(page, pages.ripas(page) == EMPTY ? EMPTY : DESTROYED);
    }
}
