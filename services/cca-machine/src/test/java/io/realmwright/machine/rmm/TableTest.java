package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_CREATE;
import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_DESTROY;
import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_FOLD;
import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_INIT_RIPAS;
import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_READ_ENTRY;
import static io.realmwright.machine.rmm.RmiStatus.ERROR_INPUT;
import static io.realmwright.machine.rmm.RmiStatus.SUCCESS;
import static io.realmwright.machine.rmm.SmallRealm.BLOCK;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as a host builds, folds and reads them (reference sections 4.15 to 4.17). */
@ParameterizedClass(name = "{0}")
@EnumSource
class TableTest {
    private static final long GIB = 1 << 30;
    private static final long UNASSIGNED = 0;
    private static final long ASSIGNED = 1;
    private static final long TABLE = 2;

    private final RmiRevision revision;
    private final SmallRealm realm;

    TableTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
    }

    private static long rtt(int level) {
        return RmiStatus.errorRtt(level);
    }

    private long create(long table, long ipa, long level) {
        return realm.call(RMI_RTT_CREATE, realm.rd, table, ipa, level)[0];
    }

    private long[] read(long ipa, long level) {
        return realm.call(RMI_RTT_READ_ENTRY, realm.rd, ipa, level);
    }

    private long[] fold(long ipa, long level) {
        return realm.call(RMI_RTT_FOLD, realm.rd, ipa, level);
    }

    /** Every entry of a table as RMI_RTT_READ_ENTRY shows it. */
    private List<List<Long>> entries(long base) {
        List<List<Long>> entries = new ArrayList<>();
        for (long ipa = base; ipa < base + BLOCK; ipa += PAGE) {
            long[] x = read(ipa, 3);
            entries.add(List.of(x[0], x[1], x[2], x[3], x[4]));
        }
        return entries;
    }

    @Test
    void aTableIsRefusedForWhatIsWrongFirst() {
        long free = realm.delegated();
        assertThat(create(realm.hostPage(), BLOCK, 3)).as("not delegated").isEqualTo(ERROR_INPUT);
        assertThat(create(free + 8, BLOCK, 3)).isEqualTo(ERROR_INPUT);
        assertThat(create(realm.rd, BLOCK, 3)).isEqualTo(ERROR_INPUT);
        assertThat(realm.call(RMI_RTT_CREATE, free, realm.delegated(), BLOCK, 3)[0])
                .isEqualTo(ERROR_INPUT);
        assertThat(realm.call(RMI_RTT_CREATE, free, free, BLOCK, 3)[0]).isEqualTo(ERROR_INPUT);
        for (long level : new long[] {-1, 0, 1, 4, 0x1_0000_0003L}) {
            assertThat(create(free, 0, level)).as("level %d", level).isEqualTo(ERROR_INPUT);
        }
        assertThat(create(free, BLOCK + PAGE, 3)).as("alignment").isEqualTo(ERROR_INPUT);
        assertThat(create(free, BLOCK, 2)).isEqualTo(ERROR_INPUT);
        assertThat(create(free, 2 * UNPROTECTED, 3)).as("range").isEqualTo(ERROR_INPUT);
        assertThat(create(free, -BLOCK, 3)).isEqualTo(ERROR_INPUT);
        assertThat(create(free, GIB, 3)).as("the walk stops early").isEqualTo(rtt(1));
        assertThat(create(free, 0, 2)).as("there is one").isEqualTo(rtt(1));
        assertThat(create(free, 0, 3)).isEqualTo(rtt(2));
        assertThat(create(free, BLOCK, 3)).isEqualTo(SUCCESS);
    }

    @Test
    void anUntouchedRegionIsOneEntryUntilItHasATable() {
        assertThat(read(BLOCK, 3)).startsWith(SUCCESS, 2, UNASSIGNED, 0, 0);
        assertThat(read(GIB, 3)).startsWith(SUCCESS, 1, UNASSIGNED, 0, 0);
        assertThat(read(0, 1)[2]).isEqualTo(TABLE);
        assertThat(read(0, 2)[2]).isEqualTo(TABLE);

        assertThat(create(realm.delegated(), BLOCK, 3)).isEqualTo(SUCCESS);

        assertThat(read(BLOCK, 3)).startsWith(SUCCESS, 3, UNASSIGNED, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 4", "0, -1", "0x1000, 2", "0x800, 3", "0x8000000000, 3", "-4096, 3"})
    void anEntryIsReadWhereThereCanBeOne(long ipa, long level) {
        assertThat(read(ipa, level)).containsExactly(ERROR_INPUT, 0, 0, 0, 0, 0, 0, 0);
        assertThat(realm.call(RMI_RTT_READ_ENTRY, realm.delegated(), 0, 3)[0]).isEqualTo(ERROR_INPUT);
    }

    @Test
    void aTableIsDestroyedWhenItHoldsNothingAndLeavesDestroyedBehind() {
        long table = realm.delegated();
        assertThat(create(table, BLOCK, 3)).isEqualTo(SUCCESS);
        long data = realm.map(BLOCK);

        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, BLOCK, 3)).as("live").startsWith(rtt(3), 0, BLOCK);
        realm.unmap(BLOCK);
        realm.demand(RMI_RTT_INIT_RIPAS, realm.rd, BLOCK + PAGE, BLOCK + 2 * PAGE);

        // Behind it there is nothing more in the table above.
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, BLOCK, 3)).startsWith(SUCCESS, table, GIB);
        assertThat(read(BLOCK, 3)).startsWith(SUCCESS, 2, UNASSIGNED, 0, 2);
        assertThat(realm.rmm.granuleState(table)).isEqualTo(GranuleState.DELEGATED);
        assertThat(realm.rmm.granuleState(data)).isEqualTo(GranuleState.DELEGATED);
    }

    @Test
    void whereThereIsNoTableTheHostLearnsWhereToGoOn() {
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, GIB, 3)).as("early").startsWith(rtt(1), 0, UNPROTECTED);
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, BLOCK, 3))
                .as("no table")
                .startsWith(rtt(2), 0, GIB);
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, 0, 2)).as("live").startsWith(rtt(2), 0, 0);
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, 0, 1)).as("a root").startsWith(ERROR_INPUT, 0, 0);
        assertThat(realm.call(RMI_RTT_DESTROY, realm.rd, PAGE, 3)).startsWith(ERROR_INPUT, 0, 0);
        assertThat(realm.call(RMI_RTT_DESTROY, realm.delegated(), 0, 3)).startsWith(ERROR_INPUT, 0, 0);
    }

    @Test
    void foldingIsRefusedForWhatIsWrongFirst() {
        assertThat(fold(PAGE, 3)[0]).isEqualTo(ERROR_INPUT);
        assertThat(fold(0, 1)[0]).isEqualTo(ERROR_INPUT);
        assertThat(fold(GIB, 4)[0]).as("a bad level, not the walk").isEqualTo(ERROR_INPUT);
        assertThat(fold(GIB, 3)[0]).as("the walk stops early").isEqualTo(rtt(1));
        assertThat(fold(BLOCK, 3)[0]).as("no table").isEqualTo(rtt(2));
        realm.map(0);
        assertThat(fold(0, 3)[0]).as("some data").isEqualTo(rtt(3));
        assertThat(fold(0, 2)[0]).as("a table in it").isEqualTo(rtt(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, UNPROTECTED})
    void aTableOfEqualEntriesFoldsAndUnfoldsToTheSame(long base) {
        List<List<Long>> before = entries(base);

        long[] folded = fold(base, 3);

        assertThat(folded[0]).isEqualTo(SUCCESS);
        assertThat(realm.rmm.granuleState(folded[1])).isEqualTo(GranuleState.DELEGATED);
        assertThat(read(base, 3)[1]).isEqualTo(2);
        assertThat(create(folded[1], base, 3)).isEqualTo(SUCCESS);
        assertThat(entries(base)).isEqualTo(before);
    }

    @ParameterizedTest(name = "declared {0}")
    @ValueSource(booleans = {true, false})
    void aTableOfContiguousDataFoldsToABlockAndUnfoldsToTheSame(boolean declared) {
        for (long ipa = 0; declared && ipa < BLOCK; ipa += PAGE) {
            realm.declare(ipa);
        }
        realm.mapContiguously(0);
        List<List<Long>> before = entries(0);

        long[] folded = fold(0, 3);

        assertThat(folded[0]).isEqualTo(SUCCESS);
        assertThat(read(0, 3))
                .startsWith(SUCCESS, 2, ASSIGNED, before.getFirst().get(3), declared ? 1 : 0);
        assertThat(create(folded[1], 0, 3)).isEqualTo(SUCCESS);
        assertThat(entries(0)).isEqualTo(before);
    }

    @ParameterizedTest(name = "page {0} is different")
    @ValueSource(ints = {0, 1, 255, 511})
    void oneEntryThatDiffersKeepsATableFromFolding(int different) {
        realm.declare(different * PAGE);
        List<List<Long>> before = entries(0);

        assertThat(fold(0, 3)).startsWith(rtt(3), 0);

        assertThat(entries(0)).isEqualTo(before);
    }

    @Test
    void aTableOfSharedMemoryFoldsIfItIsContiguousAlignedAndAlike() {
        // The host may name any address: here some that are no DRAM.
        long elsewhere = 1L << 44;
        for (long offset = 0; offset < BLOCK; offset += PAGE) {
            realm.share(UNPROTECTED + offset, elsewhere + offset, true, true);
        }
        List<List<Long>> before = entries(UNPROTECTED);

        long[] folded = fold(UNPROTECTED, 3);

        assertThat(folded[0]).isEqualTo(SUCCESS);
        assertThat(read(UNPROTECTED, 3)[1]).isEqualTo(2);
        assertThat(create(folded[1], UNPROTECTED, 3)).isEqualTo(SUCCESS);
        assertThat(entries(UNPROTECTED)).isEqualTo(before);
    }

    @ParameterizedTest(name = "shifted by {0} pages")
    @ValueSource(ints = {1, 511})
    void aTableOfSharedMemoryThatIsNotAlignedDoesNotFold(int shift) {
        long elsewhere = (1L << 44) + shift * PAGE;
        for (long offset = 0; offset < BLOCK; offset += PAGE) {
            realm.share(UNPROTECTED + offset, elsewhere + offset, true, true);
        }

        assertThat(fold(UNPROTECTED, 3)[0]).isEqualTo(rtt(3));
    }

    @Test
    void declaringIsRefusedForWhatIsWrongFirst() {
        assertThat(init(PAGE, PAGE)).as("nothing").startsWith(ERROR_INPUT, 0);
        assertThat(init(PAGE, 0)).startsWith(ERROR_INPUT, 0);
        assertThat(init(8, PAGE)).startsWith(ERROR_INPUT, 0);
        assertThat(init(0, PAGE + 8)).as("not aligned, before any progress").startsWith(ERROR_INPUT, 0);
        assertThat(init(UNPROTECTED, UNPROTECTED + PAGE)).startsWith(ERROR_INPUT, 0);
        assertThat(init(UNPROTECTED - PAGE, UNPROTECTED + PAGE)).startsWith(ERROR_INPUT, 0);
        assertThat(init(BLOCK + PAGE, 2 * BLOCK)).as("the entry begins before").startsWith(rtt(2), 0);
        assertThat(init(BLOCK, BLOCK + PAGE)).as("the entry ends behind").startsWith(rtt(2), 0);
        assertThat(init(0, 2 * BLOCK)).as("to the end of the table").startsWith(SUCCESS, BLOCK);
        realm.map(PAGE);
        boolean old = revision == RmiRevision.RMI_1_0;
        assertThat(init(PAGE, 2 * PAGE)).as("contents").startsWith(old ? rtt(3) : SUCCESS, old ? 0 : 2 * PAGE);
        realm.activated();
        assertThat(init(0, PAGE)).as("ACTIVE").startsWith(RmiStatus.ERROR_REALM, 0);
        assertThat(init(8, PAGE)).startsWith(ERROR_INPUT, 0);
    }

    private long[] init(long base, long top) {
        return realm.call(RMI_RTT_INIT_RIPAS, realm.rd, base, top);
    }
}
