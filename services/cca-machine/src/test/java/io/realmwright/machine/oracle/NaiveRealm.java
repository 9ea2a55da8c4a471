package io.realmwright.machine.oracle;

import static io.realmwright.machine.oracle.Geometry.PAGE;
import static io.realmwright.machine.oracle.Geometry.entrySize;
import static io.realmwright.machine.oracle.Geometry.isAligned;
import static io.realmwright.machine.oracle.NaivePages.DESTROYED;
import static io.realmwright.machine.oracle.NaivePages.EMPTY;
import static io.realmwright.machine.oracle.NaivePages.RAM;
import static io.realmwright.machine.oracle.NaivePages.endOfTable;

import java.util.List;
import java.util.Set;

/**
 * What the reference says that RMM 2.0 answers to commands about the protected half of one realm, written a second
 * time: page by page, slow, and without any class of the machine. It covers calls with arguments of one realm and REC.
 */
public final class NaiveRealm {
    /** Where the realm is in its life. */
    public enum State {
        NEW,
        ACTIVE,
        ZOMBIE
    }

    private final int ipaBits;
    private final long rd;
    private final Set<Long> delegated;
    final NaivePages pages;
    private final NaiveData data;
    private State state = State.NEW;

    /** What the guest has asked for and the host not yet answered. */
    private long askedBase;

    private long askedTop;
    private long askedCursor;
    private int askedRipas;
    private long askedFlags;

    /**
     * A realm fresh from RMI_REALM_CREATE.
     *
     * @param delegated granules that are DELEGATED, kept up to date
     * @param base where the written-down window begins; all commands stay inside the window
     */
    public NaiveRealm(int ipaBits, int startLevel, long rd, Set<Long> delegated, long base, long top) {
        this.ipaBits = ipaBits;
        this.rd = rd;
        this.delegated = delegated;
        this.pages = new NaivePages(startLevel, base, top);
        this.data = new NaiveData(this, pages, delegated);
    }

    State state() {
        return state;
    }

    public Answer answer(Call call) {
        data.listed = List.of();
        if (call.argument(0) != rd) {
            return Answer.INPUT;
        }
        return switch (call.command()) {
            case "RMI_REALM_ACTIVATE" -> activate();
            case "RMI_REALM_TERMINATE" -> terminate();
            case "RMI_RTT_CREATE" -> createTable(call.argument(1), call.argument(2), call.argument(3));
            case "RMI_RTT_DESTROY" -> destroyTable(call.argument(1), call.argument(2));
            case "RMI_RTT_FOLD" -> fold(call.argument(1), call.argument(2));
            case "RMI_RTT_READ_ENTRY" -> readEntry(call.argument(1), call.argument(2));
            case "RMI_RTT_INIT_RIPAS" -> initRipas(call.argument(1), call.argument(2));
            case "RMI_RTT_SET_RIPAS" -> setRipas(call.argument(2), call.argument(3));
            case "RMI_RTT_DATA_MAP_INIT" -> data.mapInit(call.argument(1), call.argument(2), call.argument(4));
            case "RMI_RTT_DATA_MAP" -> data.map(call);
            case "RMI_RTT_DATA_UNMAP" -> data.unmap(call);
            default -> throw new IllegalArgumentException(call.command());
        };
    }

    private Answer activate() {
        if (state != State.NEW) {
            return Answer.REALM;
        }
        state = State.ACTIVE;
        return Answer.DONE;
    }

    private Answer terminate() {
        state = State.ZOMBIE;
        return Answer.DONE;
    }

    boolean isProtected(long ipa) {
        return 0 <= ipa && ipa < 1L << (ipaBits - 1);
    }

    /** Whether [base, top) is a range of pages in the protected half; unsigned, so a negative number is a large one. */
    boolean isProtectedRange(long base, long top) {
        return isAligned(base, PAGE)
                && isAligned(top, PAGE)
                && isProtected(base)
                && base < top
                && isProtected(top - PAGE);
    }

    private boolean isTablePosition(long ipa, long level) {
        return pages.startLevel < level
                && level <= 3
                && 0 <= ipa
                && ipa < 1L << ipaBits
                && isAligned(ipa, entrySize((int) level - 1));
    }

    private Answer createTable(long granule, long ipa, long at) {
        if (!delegated.contains(granule) || !isTablePosition(ipa, at)) {
            return Answer.INPUT;
        }
        int level = (int) at;
        int reached = pages.levelOf(ipa, level - 1);
        if (reached != level - 1 || pages.isTable(ipa, reached)) {
            return Answer.rtt(reached);
        }
        delegated.remove(granule);
        pages.addTable(ipa, level, granule);
        return Answer.DONE;
    }

    private Answer destroyTable(long ipa, long at) {
        if (!isTablePosition(ipa, at)) {
            return Answer.INPUT;
        }
        int level = (int) at;
        int reached = pages.levelOf(ipa, level - 1);
        if (reached != level - 1 || !pages.isTable(ipa, reached)) {
            long skipTo = pages.isLive(ipa, reached) ? ipa : pages.nextLive(ipa, reached);
            return Answer.rtt(reached).andX2(skipTo);
        }
        if (pages.liveEntries(ipa, level) > 0) {
            return Answer.rtt(level).andX2(ipa);
        }
        pages.forEachPage(ipa, entrySize(level - 1), page -> pages.ripas(page, DESTROYED));
        long granule = pages.removeTable(ipa, level);
        delegated.add(granule);
        return Answer.done(granule).andX2(pages.nextLive(ipa, reached));
    }

    private Answer fold(long ipa, long at) {
        if (!isTablePosition(ipa, at)) {
            return Answer.INPUT;
        }
        int level = (int) at;
        int reached = pages.levelOf(ipa, level - 1);
        if (reached != level - 1 || !pages.isTable(ipa, reached)) {
            return Answer.rtt(reached);
        }
        long size = entrySize(level - 1);
        boolean folds = !pages.holdsTables(ipa, level)
                && pages.isUniform(ipa, size)
                && (!pages.isAssigned(ipa) || isAligned(pages.contents(ipa), size));
        if (!folds) {
            return Answer.rtt(level);
        }
        long granule = pages.removeTable(ipa, level);
        delegated.add(granule);
        return Answer.done(granule);
    }

    private Answer readEntry(long ipa, long level) {
        boolean exists =
                pages.startLevel <= level && level <= 3 && isProtected(ipa) && isAligned(ipa, entrySize((int) level));
        if (!exists) {
            return Answer.INPUT;
        }
        int reached = pages.levelOf(ipa, (int) level);
        if (pages.isTable(ipa, reached)) {
            return new Answer(0, reached, 2, pages.tableBelow(ipa, reached), 0);
        }
        long first = Geometry.alignDown(ipa, entrySize(reached));
        return new Answer(0, reached, pages.isAssigned(first) ? 1 : 0, pages.contents(first), pages.ripas(first));
    }

    private Answer initRipas(long base, long top) {
        if (!isProtectedRange(base, top)) {
            return Answer.INPUT;
        }
        return state == State.NEW ? declare(base, top, RAM, false) : Answer.REALM;
    }

    private Answer setRipas(long base, long top) {
        if (top <= base || !isAligned(top, PAGE)) {
            return Answer.INPUT;
        }
        if (base != askedCursor || top > askedTop) {
            return Answer.INPUT;
        }
        Answer answer = declare(base, top, askedRipas, askedRipas == EMPTY || askedFlags == 1);
        if (answer.x0() == 0) {
            askedCursor = answer.x1();
        }
        return answer;
    }

    /** The loop that both RIPAS commands have: entry by entry to the end of one table. */
    private Answer declare(long base, long top, int ripas, boolean evenDestroyed) {
        int level = pages.levelOf(base, 3);
        long size = entrySize(level);
        long cursor = base;
        boolean stopped = !isAligned(base, size);
        while (!stopped && cursor < endOfTable(base, level) && cursor + size <= top) {
            stopped = pages.isTable(cursor, level) || (pages.ripas(cursor) == DESTROYED && !evenDestroyed);
            if (!stopped) {
                pages.forEachPage(cursor, size, page -> pages.ripas(page, ripas));
                cursor += size;
            }
        }
        return cursor == base ? Answer.rtt(level) : Answer.done(cursor);
    }

    /** What the guest finds in X0 to X3 when its vCPU is entered again; X4 is as it was when it asked. */
    public Answer entered(boolean reject) {
        boolean rejected = reject && askedRipas == RAM && askedCursor != askedTop;
        Answer seen = new Answer(0, askedCursor, rejected ? 1 : 0, 0, askedFlags);
        askedBase = 0;
        askedTop = 0;
        askedCursor = 0;
        return seen;
    }

    public boolean isAsked() {
        return askedBase != askedTop;
    }

    /** The guest asks; false if that makes no exit because the request is malformed. */
    public boolean ask(long base, long top, long ripas, long flags) {
        if ((ripas != EMPTY && ripas != RAM) || !isProtectedRange(base, top)) {
            return false;
        }
        askedBase = base;
        askedTop = top;
        askedCursor = base;
        askedRipas = (int) ripas;
        askedFlags = flags;
        return true;
    }

    /** The first IPA of the guest's request that the host has not reached. */
    long cursorOfRequest() {
        return askedCursor;
    }

    long topOfRequest() {
        return askedTop;
    }

    /** The words that the last command left in the caller's list. */
    public List<Long> listed() {
        return data.listed;
    }

    /** Whether a level 3 answer of RMI_RTT_READ_ENTRY tells the truth about every page that its entry maps. */
    public boolean agrees(long ipa, Answer entry) {
        int level = pages.levelOf(ipa, 3);
        return entry.x1() == level
                && entry.equals(readEntry(ipa, 3))
                && pages.isUniform(Geometry.alignDown(ipa, entrySize(level)), entrySize(level));
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }
}
