package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Power: what a realm asks for, and how the host completes it (reference sections 4.23 and 10.8). */
@ParameterizedClass(name = "{0}")
@EnumSource
class PsciTest {
    private static final long CPU_OFF = 0x8400_0002L;
    private static final long CPU_ON = 0xC400_0003L;
    private static final long AFFINITY_INFO = 0xC400_0004L;
    private static final long SMC64 = 1 << 30;

    private static final long SUCCESS = 0;
    private static final long DENIED = -3;
    private static final long ALREADY_ON = -4;
    private static final long ON = 0;
    private static final long OFF = 1;

    private static final long ENTRY = 0x7000;
    private static final long CONTEXT = 0xc0ffee;

    private final RmiRevision revision;
    private final GuestScript guest = new GuestScript();
    /** vCPU 0 runs, vCPU 1 is off. */
    private final SmallRealm realm;

    PsciTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, guest, HashAlgorithm.SHA_256)
                .withVcpu(true)
                .withVcpu(false)
                .activated();
    }

    private void assertAnsweredAtOnce(long result) {
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
        assertThat(guest.result()).startsWith(result, 0, 0, 0);
    }

    private void assertHostTold(long fid, long mpidr) {
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_PSCI);
        assertThat(realm.exit(0, RunPage.GPRS)).isEqualTo(fid);
        assertThat(realm.exit(0, RunPage.GPRS + 8)).isEqualTo(mpidr);
        assertThat(realm.exit(0, RunPage.GPRS + 16)).isZero();
    }

    /** X0 of RMI_PSCI_COMPLETE. */
    private long complete(long caller, long target, long status) {
        return realm.call(RmiCommand.RMI_PSCI_COMPLETE, caller, target, status)[0];
    }

    private long complete(long status) {
        return complete(realm.rec(0), realm.rec(1), status);
    }

    private void assertGuestAnswered(long result) {
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(guest.result()).startsWith(result, 0, 0, 0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0x84000000, 0x10001", // PSCI_VERSION
        "0x80000000, 0x10002", // SMCCC_VERSION
        "0x80010000, 0x10002", // and with the SVE hint
        "0x7fffffff80000000, 0x10002",
        "0x84010000, -1", // the hint is no part of a PSCI function either, but is not stripped there
        "0xc4000000, -1",
        "0xc4000002, -1",
        "0x84000005, -1", // MIGRATE
        "0x84000006, -1",
        "0x84000007, -1",
        "0xc4000008, -1",
        "0x8400000b, -1",
        "0x8400001f, -1",
    })
    void theseAreAnsweredWithoutTheHost(long fid, long result) {
        guest.smc(fid, 1, 2, 3);

        assertAnsweredAtOnce(result);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0x84000001, 0",
        "0xc4000001, 0",
        "0x84000002, 0",
        "0xc4000002, -1",
        "0x84000003, 0",
        "0xc4000003, 0",
        "0x84000004, 0",
        "0xc4000004, 0",
        "0x84000008, 0",
        "0x84000009, 0",
        "0x8400000a, 0",
        "0x80000000, 0",
        "0x84000000, -1", // even though there is a PSCI_VERSION
        "0x84000005, -1",
        "0x100000084000001, 0", // 32 bits count
        "0xc4000190, -1",
    })
    void featuresTellsWhatThereIs(long fid, long result) {
        guest.smc(0x8400000aL, fid);

        assertAnsweredAtOnce(result);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8400_0001L, 0xC400_0001L, 0xab_8400_0001L})
    void suspensionIsToldToTheHostAndSucceeds(long fid) {
        guest.smc(fid, 1, 2, 3);

        assertHostTold(fid, 0);

        assertGuestAnswered(SUCCESS);
    }

    @Test
    void aVcpuThatIsOffIsNotEntered() {
        guest.smc(CPU_OFF, 1);

        assertHostTold(CPU_OFF, 0);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.ERROR_REC);
        assertThat(realm.enter(1)).as("nor is one that was never on").isEqualTo(RmiStatus.ERROR_REC);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8400_0008L, 0x8400_0009L})
    void aRealmThatIsOffRunsNoMore(long fid) {
        guest.smc(fid, 1);

        assertHostTold(fid, 0);

        int index = revision == RmiRevision.RMI_1_0 ? 1 : 0;
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.pack(RmiStatus.ERROR_REALM, index));
        assertThat(realm.rmm.realm(realm.rd)).extracting(RealmView::state).isEqualTo("SYSTEM_OFF");
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "0xc4000003, 1, 0x4000000000, -9", // entry in the unprotected half
        "0xc4000003, 1, -4096, -9",
        "0xc4000003, 2, 0x7000, -2", // no such vCPU
        "0xc4000003, 0x100, 0x7000, -2", // Aff1 counts 16
        "0xc4000003, 0x100000000, 0x7000, -2", // Aff3
        "0xc4000003, 0, 0x7000, -4", // itself
        "0x84000003, 0x10, 0x7000, -4", // Aff0 has four bits: itself again
        "0xc4000003, 2, 0x4000000000, -9", // the address is looked at first
        "0xc4000004, 2, 0, -2",
        "0xc4000004, 1, 1, -2", // a level but the lowest
        "0xc4000004, 0, 1, -2",
        "0x84000004, 0, 0, 0", // itself is on
    })
    void whatCannotBeAskedIsAnsweredWithoutTheHost(long fid, long target, long third, long result) {
        guest.smc(fid, target, third, CONTEXT);

        assertAnsweredAtOnce(result);
    }

    @ParameterizedTest
    @ValueSource(longs = {CPU_ON, CPU_ON & ~SMC64})
    void aVcpuIsTurnedOnWhereTheOtherOneSaid(long fid) {
        guest.smc(fid, 1, ENTRY, CONTEXT);
        assertHostTold(fid, 1);
        assertThat(realm.enter(0)).as("until the host has completed it").isEqualTo(RmiStatus.ERROR_REC);

        assertThat(complete(SUCCESS)).isEqualTo(RmiStatus.SUCCESS);

        assertGuestAnswered(SUCCESS);
        guest.look(cpu -> assertThat(new long[] {cpu.register(0), cpu.pc()}).containsExactly(CONTEXT, ENTRY));
        assertThat(realm.enter(1)).isEqualTo(RmiStatus.SUCCESS);
    }

    @Test
    void theHostMayDenyAVcpu() {
        guest.smc(CPU_ON, 1, ENTRY, CONTEXT);
        assertHostTold(CPU_ON, 1);

        assertThat(complete(DENIED)).isEqualTo(RmiStatus.SUCCESS);

        assertGuestAnswered(DENIED);
        assertThat(realm.enter(1)).isEqualTo(RmiStatus.ERROR_REC);
    }

    @ParameterizedTest(name = "status {0}: X0 {1}")
    @CsvSource({"0, 0", "-3, 1"})
    void aVcpuThatIsOnAlreadyIsNotTurnedOnAgainAndCannotBeDenied(long status, long x0) {
        turnOn();
        guest.smc(CPU_ON, 1, ENTRY + 0x1000, CONTEXT);
        assertHostTold(CPU_ON, 1);

        assertThat(complete(status)).isEqualTo(x0);

        assertGuestAnswered(ALREADY_ON);
        guest.look(cpu -> assertThat(cpu.pc()).isEqualTo(ENTRY));
        assertThat(realm.enter(1)).isEqualTo(RmiStatus.SUCCESS);
    }

    private void turnOn() {
        guest.smc(CPU_ON, 1, ENTRY, CONTEXT);
        assertHostTold(CPU_ON, 1);
        assertThat(complete(SUCCESS)).isEqualTo(RmiStatus.SUCCESS);
        assertGuestAnswered(SUCCESS);
    }

    @Test
    void aRealmLearnsWhichVcpusAreOn() {
        guest.smc(AFFINITY_INFO, 1, 0);
        assertHostTold(AFFINITY_INFO, 1);
        assertThat(complete(SUCCESS)).isEqualTo(RmiStatus.SUCCESS);
        assertGuestAnswered(OFF);

        turnOn();
        guest.smc(AFFINITY_INFO & ~SMC64, 1, 0);
        assertHostTold(AFFINITY_INFO & ~SMC64, 1);
        assertThat(complete(SUCCESS)).isEqualTo(RmiStatus.SUCCESS);
        assertGuestAnswered(ON);
    }

    @Test
    void aVcpuThatWasTurnedOffCanBeTurnedOnAgainAndKeepsItsOtherRegisters() {
        turnOn();
        guest.set(20, 0x2020).smc(CPU_OFF);
        realm.enter(1);

        turnOn();

        guest.look(cpu ->
                assertThat(new long[] {cpu.register(0), cpu.register(20)}).containsExactly(CONTEXT, 0x2020));
        assertThat(realm.enter(1)).isEqualTo(RmiStatus.SUCCESS);
    }

    @ParameterizedTest(name = "{0} completed with {1}")
    @CsvSource({
        "0xc4000003, 1",
        "0xc4000003, -1",
        "0xc4000003, -2",
        "0xc4000003, -4",
        "0xc4000003, 0xfffffffd",
        "0xc4000004, -3",
        "0xc4000004, 1",
        "0xc4000004, -2",
    })
    void otherStatusesAreBadInputAndTheRequestStays(long fid, long status) {
        guest.smc(fid, 1, fid == CPU_ON ? ENTRY : 0, CONTEXT);
        assertHostTold(fid, 1);

        assertThat(complete(status)).isEqualTo(RmiStatus.ERROR_INPUT);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.ERROR_REC);
        assertThat(complete(SUCCESS)).isEqualTo(RmiStatus.SUCCESS);
    }

    @Test
    void onlyTheRightPairOfRecsCompletesARequest() {
        var other = new SmallRealm(revision, guest, HashAlgorithm.SHA_256);
        assertThat(complete(SUCCESS)).as("nothing is pending").isEqualTo(RmiStatus.ERROR_INPUT);
        guest.smc(CPU_ON, 1, ENTRY, CONTEXT);
        assertHostTold(CPU_ON, 1);

        long caller = realm.rec(0);
        long target = realm.rec(1);
        assertThat(complete(target, caller, SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(caller, caller, SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(caller, realm.rd, SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(caller, realm.hostPage(), SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(caller + 8, target, SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(other.rd, target, SUCCESS)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(complete(caller, target, SUCCESS)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(complete(caller, target, SUCCESS)).as("once").isEqualTo(RmiStatus.ERROR_INPUT);
    }
}
