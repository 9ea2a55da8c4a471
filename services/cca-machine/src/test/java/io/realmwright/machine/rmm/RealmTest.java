package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RmiCommand.RMI_REALM_ACTIVATE;
import static io.realmwright.machine.rmm.RmiCommand.RMI_REALM_CREATE;
import static io.realmwright.machine.rmm.RmiCommand.RMI_REALM_DESTROY;
import static io.realmwright.machine.rmm.RmiCommand.RMI_REALM_TERMINATE;
import static io.realmwright.machine.rmm.RmiCommand.RMI_RTT_DESTROY;
import static io.realmwright.machine.rmm.RmiStatus.ERROR_INPUT;
import static io.realmwright.machine.rmm.RmiStatus.ERROR_REALM;
import static io.realmwright.machine.rmm.RmiStatus.SUCCESS;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How realms come and go (reference sections 4.8 to 4.11 and 6.2). */
@ParameterizedClass(name = "{0}")
@EnumSource
class RealmTest {
    private static final int VMID = 0x800;
    private static final int RTT_BASE = 0x808;

    private final RmiRevision revision;
    /** Whose parameters, with another root table, make another realm. */
    private final SmallRealm first;

    private final PhysicalMemory memory;
    private final long rd;
    private final long root;

    RealmTest(RmiRevision revision) {
        this.revision = revision;
        this.first = new SmallRealm(revision, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
        this.memory = first.rmm.memory();
        this.rd = first.delegated();
        this.root = first.delegated();
        memory.writeWord(first.params() + VMID, 1);
        memory.writeWord(first.params() + RTT_BASE, root);
    }

    private long create(long params) {
        return first.call(RMI_REALM_CREATE, rd, params)[0];
    }

    private void assertNothingTaken() {
        assertThat(first.rmm.granuleState(rd)).isEqualTo(GranuleState.DELEGATED);
        assertThat(first.rmm.granuleState(root)).isEqualTo(GranuleState.DELEGATED);
        memory.writeWord(first.params() + RTT_BASE, root);
    }

    @Test
    void theParametersAreAPageOfTheHosts() {
        assertThat(create(first.delegated())).isEqualTo(ERROR_INPUT);
        assertThat(create(first.params() + 8)).isEqualTo(ERROR_INPUT);
        assertThat(create(0)).isEqualTo(ERROR_INPUT);
        assertThat(create(-PAGE)).isEqualTo(ERROR_INPUT);
        assertNothingTaken();
        assertThat(create(first.params())).isEqualTo(SUCCESS);
    }

    @ParameterizedTest(name = "0x{0} is {1}")
    @CsvSource({
        "0, 1", // LPA2, SVE and PMU, which the machine has not
        "0, 2",
        "0, 4",
        "8, 31", // IPA width
        "8, 49",
        "8, 40", // would need two roots
        "18, 0", // no breakpoint
        "18, 2",
        "20, 0",
        "20, 2",
        "30, 3", // hash algorithm
        "810, -1", // start level
        "810, 4",
        "810, 2",
        "810, 0x100000001",
        "818, 0", // number of roots
        "818, 2",
    })
    void aParameterThatTheMachineDoesNotHaveIsBadInput(String offset, String value) {
        memory.writeWord(first.params() + Long.parseLong(offset, 16), Long.decode(value));

        assertThat(create(first.params())).isEqualTo(ERROR_INPUT);

        assertNothingTaken();
    }

    @Test
    void rootAndRdAreDelegatedGranulesAndNotTheSame() {
        for (long bad : new long[] {rd, first.rd, first.hostPage(), root + 8, 0, -PAGE}) {
            memory.writeWord(first.params() + RTT_BASE, bad);
            assertThat(create(first.params())).as("root 0x%x", bad).isEqualTo(ERROR_INPUT);
            assertNothingTaken();
        }
        for (long bad : new long[] {root, first.rd, first.hostPage(), rd + 8}) {
            assertThat(first.call(RMI_REALM_CREATE, bad, first.params())[0]).isEqualTo(ERROR_INPUT);
            assertNothingTaken();
        }
    }

    @Test
    void onRmm1_0EveryRealmNeedsAVmidOfItsOwn() {
        boolean old = revision == RmiRevision.RMI_1_0;
        memory.writeWord(first.params() + VMID, 0);
        assertThat(create(first.params())).as("in use").isEqualTo(old ? ERROR_INPUT : SUCCESS);
        if (old) {
            memory.writeWord(first.params() + VMID, 256);
            assertThat(create(first.params())).as("too high").isEqualTo(ERROR_INPUT);
            memory.writeWord(first.params() + VMID, 255);
            assertThat(create(first.params())).isEqualTo(SUCCESS);
        }
    }

    @Test
    void aRealmIsActivatedOnce() {
        assertThat(first.call(RMI_REALM_ACTIVATE, first.params())[0]).isEqualTo(ERROR_INPUT);
        assertThat(first.call(RMI_REALM_ACTIVATE, rd)[0]).isEqualTo(ERROR_INPUT);
        assertThat(first.call(RMI_REALM_ACTIVATE, first.rd + 8)[0]).isEqualTo(ERROR_INPUT);
        assertThat(first.call(RMI_REALM_ACTIVATE, first.rd)[0])
                .as("without any vCPU")
                .isEqualTo(SUCCESS);
        assertThat(first.call(RMI_REALM_ACTIVATE, first.rd)[0]).isEqualTo(ERROR_REALM);
    }

    @Test
    void aRealmIsDestroyedWhenNothingIsLeftOfIt() {
        first.withVcpu(true).activated();
        long data = first.map(0);
        assertThat(destroy(rd)).isEqualTo(ERROR_INPUT);
        if (revision == RmiRevision.RMI_2_0) {
            assertThat(destroy(first.rd)).as("not terminated").isEqualTo(ERROR_REALM);
            assertThat(first.call(RMI_REALM_TERMINATE, rd)[0]).isEqualTo(ERROR_INPUT);
            assertThat(first.call(RMI_REALM_TERMINATE, first.rd)[0]).isEqualTo(SUCCESS);
            assertThat(first.call(RMI_REALM_TERMINATE, first.rd)[0]).as("again").isEqualTo(SUCCESS);
            assertThat(first.enter(0)).isEqualTo(ERROR_REALM);
        }
        assertThat(destroy(first.rd)).as("a REC").isEqualTo(ERROR_REALM);
        first.destroyVcpu(0);
        assertThat(destroy(first.rd)).as("tables").isEqualTo(ERROR_REALM);
        first.unmap(0);
        for (long base : new long[] {0, UNPROTECTED}) {
            first.demand(RMI_RTT_DESTROY, first.rd, base, 3);
            first.demand(RMI_RTT_DESTROY, first.rd, base, 2);
        }

        assertThat(destroy(first.rd)).isEqualTo(SUCCESS);

        assertThat(first.rmm.granuleState(first.rd)).isEqualTo(GranuleState.DELEGATED);
        assertThat(first.rmm.granuleState(data)).isEqualTo(GranuleState.DELEGATED);
        for (GranuleState used : new GranuleState[] {
            GranuleState.RD, GranuleState.REC, GranuleState.REC_AUX, GranuleState.RTT, GranuleState.DATA
        }) {
            assertThat(first.rmm.countOf(used)).as(used.name()).isZero();
        }
    }

    private long destroy(long realm) {
        return first.call(RMI_REALM_DESTROY, realm)[0];
    }
}
