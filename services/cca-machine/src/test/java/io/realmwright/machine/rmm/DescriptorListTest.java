package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of range descriptors, which no call reads or writes beyond their page (reference sections 4.20, 4.21 and 5.5). */
class DescriptorListTest {
    private static final int LIST = 2;
    private static final int COUNT_SHIFT = 2;
    private static final int LAST_ENTRY = 4096 - 8;

    private final SmallRealm realm = new SmallRealm(RmiRevision.RMI_2_0, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
    private final PhysicalMemory memory = realm.rmm.memory();
    private final long list = realm.hostPage();
    /** Where a list would go on that is not cut at the end of its page. */
    private final long behind = realm.hostPage();

    private final long first = realm.delegated();
    private final long second = realm.delegated();

    @BeforeEach
    void writeLists() {
        memory.writeWord(list + LAST_ENTRY, first | 1 << 2);
        memory.writeWord(behind, second | 1 << 2);
    }

    private long[] map(long at, long count, long top) {
        return realm.call(RmiCommand.RMI_RTT_DATA_MAP, realm.rd, 0, top, LIST | count << COUNT_SHIFT, at);
    }

    private long[] unmap(long at, long count, long top) {
        return realm.call(RmiCommand.RMI_RTT_DATA_UNMAP, realm.rd, 0, top, LIST | count << COUNT_SHIFT, at);
    }

    @Test
    void aListEndsWithItsPageHoweverLongItIsSaidToBe() {
        assertThat(map(list + LAST_ENTRY, 2, 2 * PAGE)).startsWith(RmiStatus.SUCCESS, PAGE);

        assertThat(realm.entry(0)).containsExactly(1L, 0L);
        assertThat(realm.entry(PAGE)).containsExactly(0L, 0L);
        assertThat(realm.rmm.granuleState(second)).isEqualTo(GranuleState.DELEGATED);
    }

    @Test
    void emptyEntriesAreSkipped() {
        memory.writeWord(list + 8, first | 1 << 2);
        memory.writeWord(list + 24, second | 1 << 2);

        assertThat(map(list, 4, 2 * PAGE)).startsWith(RmiStatus.SUCCESS, 2 * PAGE);
    }

    @ParameterizedTest(name = "offset {0}, count {1}")
    @CsvSource({"0, 0", "4088, 0", "4084, 1", "1, 1", "4, 1"})
    void aListWithoutEntriesOrOutOfAlignmentIsBadInput(long offset, long count) {
        assertThat(map(list + offset, count, PAGE)[0]).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(unmap(list + offset, count, PAGE)[0]).isEqualTo(RmiStatus.ERROR_INPUT);
    }

    @Test
    void aListIsInAPageOfTheHosts() {
        assertThat(map(first, 1, PAGE)[0]).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(unmap(first, 1, PAGE)[0]).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(map(0, 1, PAGE)[0]).isEqualTo(RmiStatus.ERROR_INPUT);
    }

    @Test
    void memoryThatHasNoRoomInTheListStaysMapped() {
        realm.map(0);
        realm.hostPage();
        realm.map(PAGE);

        assertThat(unmap(list + LAST_ENTRY, 2, 2 * PAGE)).startsWith(RmiStatus.SUCCESS, PAGE, 0, 1);

        assertThat(realm.entry(PAGE)).containsExactly(1L, 0L);
        assertThat(memory.readWord(behind))
                .as("nothing is written behind the page")
                .isEqualTo(second | 1 << 2);
        assertThat(unmap(list + LAST_ENTRY, 2, 2 * PAGE)).startsWith(RmiStatus.SUCCESS, 2 * PAGE, 0, 1);
    }
}
