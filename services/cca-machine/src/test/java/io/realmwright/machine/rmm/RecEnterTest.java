package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Into a realm and out again: what is refused in which order, what the host sees, and what it may answer (4.14, 6.5). */
@ParameterizedClass(name = "{0}")
@EnumSource
class RecEnterTest {
    private static final long DATA_ABORT = 0x24L << 26;
    private static final long INSTRUCTION_ABORT = 0x20L << 26;
    private static final long WFX = 0x01L << 26;
    private static final long SYSTEM_REGISTER = 0x18L << 26;
    private static final long IL = 1 << 25;
    private static final long ISV = 1 << 24;
    private static final long SSE = 1 << 21;
    private static final long SF = 1 << 15;
    private static final long SET_RESTARTABLE = 3 << 11;
    private static final long WNR = 1 << 6;
    private static final long TRANSLATION_FAULT = 0x07;
    private static final int SAS_SHIFT = 22;
    private static final int SRT_SHIFT = 16;

    private static final long DEVICE = UNPROTECTED + 0x9000;
    private static final long DEVICE_HPFAR = DEVICE >> 8;
    private static final long LOAD_X5 = DATA_ABORT | IL | ISV | 5 << SRT_SHIFT | TRANSLATION_FAULT;

    private final RmiRevision revision;
    private final GuestScript guest = new GuestScript();
    private final SmallRealm realm;

    RecEnterTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, guest, HashAlgorithm.SHA_256)
                .withVcpu(true)
                .withVcpu(false);
    }

    private long enter(long rec, long page) {
        return realm.call(RmiCommand.RMI_REC_ENTER, rec, page)[0];
    }

    @Test
    void badInputIsSeenBeforeTheRealmAndTheRealmBeforeTheRec() {
        long notRunnable = realm.rec(1);
        long page = realm.runPage(1);

        assertThat(enter(notRunnable, realm.delegated())).as("page").isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(enter(notRunnable, page + 8)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(enter(realm.rd, page)).as("REC").isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(enter(notRunnable, page)).as("NEW").isEqualTo(RmiStatus.ERROR_REALM);
        realm.activated();
        assertThat(enter(notRunnable, page)).as("not runnable").isEqualTo(RmiStatus.ERROR_REC);
        assertThat(realm.enter(1, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.ERROR_REC);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                RunPage.ENTER_EMUL_MMIO,
                RunPage.ENTER_INJECT_SEA,
                RunPage.ENTER_EMUL_MMIO | RunPage.ENTER_INJECT_SEA
            })
    void anAnswerThatNobodyAskedForIsRefusedAndTheRecStays(long flags) {
        realm.activated();
        assertThat(realm.enter(0, flags)).isEqualTo(RmiStatus.ERROR_REC);
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
    }

    @ParameterizedTest(name = "SAS {0}, SSE {1}, SF {2}: {3} gives {4}")
    @CsvSource({
        "0, false, false, 0x12345678000000f1, 0xf1",
        "1, false, true, 0x123456780000f102, 0xf102",
        "2, false, false, 0x12345678f1020304, 0xf1020304",
        "3, false, true, 0x12345678f1020304, 0x12345678f1020304",
        "0, true, true, 0xf1, 0xfffffffffffffff1",
        "0, true, false, 0xf1, 0xfffffff1",
        "1, true, true, 0x7102, 0x7102",
        "2, true, true, 0xf1020304, 0xfffffffff1020304",
    })
    void anEmulatedLoadIsMaskedAndExtendedToItsSize(int sas, boolean sse, boolean sf, String value, String loaded) {
        realm.activated();
        guest.sync(LOAD_X5 | (long) sas << SAS_SHIFT | (sse ? SSE : 0) | (sf ? SF : 0), DEVICE + 0x34, DEVICE_HPFAR);
        realm.enter(0);
        realm.writeGpr(0, 0, parsed(value));
        guest.look(cpu -> {
            assertThat(cpu.register(5)).isEqualTo(parsed(loaded));
            assertThat(cpu.pc()).isEqualTo(4);
        });

        assertThat(realm.enter(0, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.SUCCESS);
    }

    private static long parsed(String hex) {
        return Long.parseUnsignedLong(hex.substring(2), 16);
    }

    @Test
    void anEmulatedLoadIntoTheZeroRegisterChangesNone() {
        realm.activated();
        guest.sync(LOAD_X5 | 31 << SRT_SHIFT, DEVICE, DEVICE_HPFAR);
        realm.enter(0);
        realm.writeGpr(0, 0, -1);
        guest.look(cpu -> {
            for (int register = 0; register < VirtualCpu.REGISTERS; register++) {
                assertThat(cpu.register(register)).isZero();
            }
        });

        assertThat(realm.enter(0, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.SUCCESS);
    }

    @Test
    void theHostSeesTheValueOfAnEmulatedStoreInItsSizeAndNotItsRegister() {
        realm.activated();
        guest.set(5, 0x1122334455667788L).sync(LOAD_X5 | WNR | 1L << SAS_SHIFT | SSE, DEVICE + 0x34, DEVICE_HPFAR);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(DATA_ABORT | ISV | 1L << SAS_SHIFT | WNR | TRANSLATION_FAULT);
        assertThat(realm.exit(0, RunPage.GPRS)).isEqualTo(0x7788);
        assertThat(realm.exit(0, RunPage.FAR)).isEqualTo(0x34);
        guest.look(cpu -> assertThat(cpu.pc()).isEqualTo(4));
        assertThat(realm.enter(0, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.SUCCESS);
    }

    @Test
    void anAbortGoesBeforeAnEmulation() {
        realm.activated();
        guest.sync(LOAD_X5, DEVICE, DEVICE_HPFAR);
        realm.enter(0);
        guest.look(cpu -> assertThat(cpu.pc()).isZero());

        long both = RunPage.ENTER_EMUL_MMIO | RunPage.ENTER_INJECT_SEA;
        assertThat(realm.enter(0, both)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(guest.aborts()).isEqualTo(1);
    }

    @Test
    void anAccessWithoutASyndromeCanBeAbortedAndNotEmulated() {
        realm.activated();
        guest.sync(DATA_ABORT | IL | TRANSLATION_FAULT, DEVICE + 0x34, DEVICE_HPFAR);
        realm.enter(0);

        assertThat(realm.exit(0, RunPage.HPFAR)).isEqualTo(DEVICE_HPFAR);
        boolean old = revision == RmiRevision.RMI_1_0;
        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(DATA_ABORT | (old ? 0 : IL) | TRANSLATION_FAULT);
        assertThat(realm.exit(0, RunPage.FAR)).isEqualTo(old ? 0x34 : 0);
        assertThat(realm.enter(0, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.ERROR_REC);
        assertThat(realm.enter(0, RunPage.ENTER_INJECT_SEA)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(guest.aborts()).isEqualTo(1);
        assertThat(realm.enter(0, RunPage.ENTER_INJECT_SEA)).as("once").isEqualTo(RmiStatus.ERROR_REC);
    }

    @ParameterizedTest(name = "FSC {0}, SET {1}")
    @CsvSource({"0x10, 0", "0x10, 3", "0x13, 0", "0x14, 3", "0x17, 0"})
    void anExternalAbortIsShownToTheHostAndIfRecoverableToTheRealm(long fsc, long set) {
        realm.activated();
        guest.sync(DATA_ABORT | IL | set << 11 | fsc, 0x1234, DEVICE_HPFAR);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(DATA_ABORT | set << 11 | fsc);
        assertThat(realm.exit(0, RunPage.HPFAR)).isZero();
        assertThat(realm.exit(0, RunPage.FAR)).isZero();
        realm.enter(0);
        assertThat(guest.aborts()).isEqualTo(set == 0 ? 1 : 0);
    }

    @Test
    void anExternalAbortAtAnUnprotectedAddressMayBeAnsweredWithAnAbort() {
        realm.activated();
        guest.sync(DATA_ABORT | SET_RESTARTABLE | 0x10, 0, DEVICE_HPFAR);
        realm.enter(0);

        assertThat(realm.enter(0, RunPage.ENTER_EMUL_MMIO)).isEqualTo(RmiStatus.ERROR_REC);
        assertThat(realm.enter(0, RunPage.ENTER_INJECT_SEA)).isEqualTo(RmiStatus.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x04, 0x05, 0x06, 0x07})
    void aFetchThatMissesItsPageIsShownToTheHost(long fsc) {
        realm.declare(0x3000).activated();
        guest.sync(INSTRUCTION_ABORT | IL | fsc, 0x1234, 0x30);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(INSTRUCTION_ABORT | fsc);
        assertThat(realm.exit(0, RunPage.HPFAR)).isEqualTo(0x30);
        assertThat(realm.enter(0, RunPage.ENTER_INJECT_SEA)).isEqualTo(RmiStatus.ERROR_REC);
    }

    /** A fetch that faults otherwise, and exception classes that the RMM does not know. */
    @ParameterizedTest
    @ValueSource(longs = {INSTRUCTION_ABORT | 0x0f, 0, 0x0eL << 26, 0x0dL << 26, 0x3cL << 26})
    void ofAnExceptionThatIsNotHandledTheHostSeesThatThereWasOne(long esr) {
        realm.declare(0x3000).activated();
        guest.sync(esr, 0x1234, 0x30);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.ESR)).isZero();
        assertThat(realm.exit(0, RunPage.HPFAR)).isZero();
        assertThat(guest.aborts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0x16L << 26, 0x19L << 26, 0x1dL << 26})
    void hypercallsAndSveAreUndefinedInARealm(long esr) {
        realm.activated();
        guest.sync(esr, 0, 0);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
        assertThat(guest.aborts()).isEqualTo(1);
    }

    @Test
    void aTrappedSystemRegisterReadsAsZeroAndIgnoresWrites() {
        realm.activated();
        guest.set(7, 77)
                .set(8, 88)
                .sync(SYSTEM_REGISTER | IL | 7 << 5 | 1, 0, 0)
                .sync(SYSTEM_REGISTER | IL | 8 << 5, 0, 0);
        guest.look(cpu -> {
            assertThat(cpu.register(7)).isZero();
            assertThat(cpu.register(8)).isEqualTo(88);
            assertThat(cpu.pc()).isEqualTo(8);
        });

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void waitingIsAnExitBehindTheInstruction(long trappedInstruction) {
        realm.activated();
        guest.sync(WFX | IL | 0x1f << 20 | trappedInstruction, 0x1234, 0x30);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(WFX | trappedInstruction);
        assertThat(realm.exit(0, RunPage.HPFAR)).isZero();
        guest.look(cpu -> assertThat(cpu.pc()).isEqualTo(4));
        realm.enter(0);
    }

    @ParameterizedTest
    @CsvSource({"IRQ, 1", "FIQ, 2", "SERROR, 6"})
    void anInterruptIsAnExitThatTellsNothingElse(Trap trap, long reason) {
        realm.activated();
        realm.rmm.memory().writeWord(realm.runPage(0) + RunPage.EXIT + 0x500, -1);
        guest.trap(trap);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(reason);
        for (int field = 8; field < RunPage.EXIT; field += 8) {
            assertThat(realm.exit(0, field)).as("0x%x", field).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0xf000_0000_0000_0300L, 0x8000_0000_0000_030fL})
    void onlyTheAddressBitsOfTheFaultAreAnAddress(long hpfar) {
        realm.declare(0x30000).activated();
        guest.sync(DATA_ABORT | TRANSLATION_FAULT, 0, hpfar);

        realm.enter(0);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.HPFAR)).as("as the hardware has it").isEqualTo(hpfar);
    }
}
