package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RsiCommand.RSI_FEATURES;
import static io.realmwright.machine.rmm.RsiCommand.RSI_HOST_CALL;
import static io.realmwright.machine.rmm.RsiCommand.RSI_MEASUREMENT_EXTEND;
import static io.realmwright.machine.rmm.RsiCommand.RSI_MEASUREMENT_READ;
import static io.realmwright.machine.rmm.RsiCommand.RSI_REALM_CONFIG;
import static io.realmwright.machine.rmm.RsiCommand.RSI_VERSION;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.oracle.NaiveMeasurement;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a realm asks the RMM in plane 0 (reference sections 10.1, 10.2 and 10.5 to 10.7). */
@ParameterizedClass(name = "{0}")
@EnumSource
class RsiTest {
    private static final long ERROR_INPUT = 1;
    private static final long NOT_SUPPORTED = -1;
    private static final long MISSING_PAGE = 0x24L << 26 | 0x07;

    /** RAM with contents, RAM without, DESTROYED, and EMPTY. */
    private static final long MAPPED = 0x1000;

    private static final long MISSING = 0x2000;
    private static final long DESTROYED = 0x3000;
    private static final long EMPTY = 0x4000;

    private final RmiRevision revision;
    private final GuestScript guest = new GuestScript();
    private final SmallRealm realm;
    private long data;

    RsiTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = realmHashedBy(HashAlgorithm.SHA_256);
    }

    private SmallRealm realmHashedBy(HashAlgorithm hash) {
        var made = new SmallRealm(revision, guest, hash).withVcpu(true);
        made.declare(MAPPED).declare(MISSING).declare(DESTROYED);
        data = made.map(MAPPED);
        made.map(DESTROYED);
        made.unmap(DESTROYED);
        return made.activated();
    }

    /** X0 to X8 of a call that needs no host. */
    private long[] results(RsiCommand command, long... arguments) {
        guest.rsi(command, arguments);
        int finished = guest.finishedCalls();
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
        assertThat(guest.finishedCalls()).isEqualTo(finished + 1);
        return guest.result();
    }

    private static long[] x(long... leading) {
        return Arrays.copyOf(leading, 9);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x10000, 0x10001, 0x10002, 0x20000, 0x1_0001_0000L, -1})
    void versionsAreTakenThatTheRmmHas(long requested) {
        long highest = revision == RmiRevision.RMI_1_0 ? 0x10000 : 0x10001;
        boolean supported = requested == 0x10000 || requested == highest;

        assertThat(results(RSI_VERSION, requested))
                .isEqualTo(x(supported ? 0 : ERROR_INPUT, supported ? requested : highest, highest));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1000, -1, Long.MIN_VALUE})
    void noFeatureIsAdvertised(long index) {
        assertThat(results(RSI_FEATURES, index)).isEqualTo(x(0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0xC400_0190L | 1 << 16, 0xffff_ffff_C400_0190L, 0x1_C401_0190L})
    void theSveHintAndTheUpperHalfOfTheFidAreNoPartOfIt(long fid) {
        guest.smc(fid, 0x10000);

        realm.enter(0);

        assertThat(guest.result()[0]).isZero();
    }

    /** RMI commands are the host's; devices and planes are not modelled; the rest is nobody's. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                0xC400_0150L,
                0xC400_0168L,
                0xC400_018fL,
                0xC400_019AL,
                0xC400_019CL,
                0xC400_01A1L,
                0xC400_01AEL,
                0xC400_01AFL,
                0x8400_0190L,
                0x4400_0190L,
                0x8000_0001L,
                -1
            })
    void whatIsNoCallOfARealmIsNotSupportedAndChangesNothing(long fid) {
        guest.smc(fid, 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(guest.result()).containsExactly(NOT_SUPPORTED, 0, 0, 0, 4, 5, 6, 7, 8);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
    }

    @Test
    void theConfigurationTellsWidthHashAndRpvAndLeavesTheRestOfThePage() {
        for (int word = 0; word < 512; word++) {
            realm.rmm.memory().writeWord(data + 8L * word, -1);
        }

        assertThat(results(RSI_REALM_CONFIG, MAPPED)).isEqualTo(x(0));

        PhysicalMemory memory = realm.rmm.memory();
        assertThat(memory.readWord(data)).isEqualTo(SmallRealm.IPA_BITS);
        assertThat(memory.readWord(data + 0x8)).as("SHA-256 in one byte").isEqualTo(-1L << 8);
        assertThat(memory.readWord(data + 0x1f8)).isEqualTo(-1);
        assertThat(memory.readWord(data + 0x200)).isEqualTo(0x1111_1111_1111_1111L);
        assertThat(memory.readWord(data + 0x238)).isEqualTo(0x8888_8888_8888_8888L);
        assertThat(memory.readWord(data + 0x240)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {MAPPED + 8, MAPPED + 0x100, UNPROTECTED, UNPROTECTED + MAPPED, 2 * UNPROTECTED, -PAGE, EMPTY})
    void aConfigurationForAPageThatIsNotTheRealmsIsBadInput(long ipa) {
        assertThat(results(RSI_REALM_CONFIG, ipa)).isEqualTo(x(ERROR_INPUT));
    }

    @ParameterizedTest
    @CsvSource({"RSI_REALM_CONFIG, 0x2000", "RSI_REALM_CONFIG, 0x3000", "RSI_HOST_CALL, 0x2100", "RSI_HOST_CALL, 0x3f00"
    })
    void aCallThatNeedsAPageWhichIsMissingExitsLikeAnAbortAndIsMadeAgain(RsiCommand command, long ipa) {
        guest.rsi(command, ipa, 1, 2, 3);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(MISSING_PAGE);
        assertThat(realm.exit(0, RunPage.HPFAR)).isEqualTo(ipa >> 8);
        assertThat(realm.exit(0, RunPage.FAR)).isZero();
        realm.enter(0);
        assertThat(guest.result())
                .as("registers are those of the call: it has not been made")
                .containsExactly(command.fid(), ipa, 1, 2, 3, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 32", "4, 32"})
    void aMeasurementIsAsLongAsTheRealmsDigests(long slot, int bytes) {
        long[] results = results(RSI_MEASUREMENT_READ, slot);

        byte[] words = NaiveMeasurement.words(Arrays.copyOfRange(results, 1, 9));
        assertThat(results[0]).isZero();
        assertThat(Arrays.copyOf(words, bytes)).isEqualTo(realm.measurement((int) slot));
        assertThat(Arrays.copyOfRange(words, bytes, 64)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 255, 0x1_0000_0000L, -1, Long.MIN_VALUE})
    void thereAreFiveMeasurements(long slot) {
        assertThat(results(RSI_MEASUREMENT_READ, slot)).isEqualTo(x(ERROR_INPUT));
        assertThat(results(RSI_MEASUREMENT_EXTEND, slot, 8, 1)[0]).isEqualTo(ERROR_INPUT);
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "1, 65", "4, 0x100000000", "1, -1", "1, -9223372036854775808"})
    void theRimAndMoreThan64BytesAreNotExtended(long slot, long size) {
        byte[] before = realm.measurement((int) slot);

        assertThat(results(RSI_MEASUREMENT_EXTEND, slot, size, 1, 2)[0]).isEqualTo(ERROR_INPUT);

        assertThat(realm.measurement((int) slot)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"SHA_256, SHA-256", "SHA_512, SHA-512"})
    void aRemIsTheHashOfItselfAndWhatExtendsItWhateverTheSize(HashAlgorithm hash, String jcaName) {
        var hashed = realmHashedBy(hash);
        long[] value = {0x0807060504030201L, 0x1122334455667788L, -1, 0, 5, 6, 7, 8};
        byte[][] extended = new byte[65][];
        for (int size = 0; size <= 64; size++) {
            guest.rsi(
                    RSI_MEASUREMENT_EXTEND,
                    3,
                    size,
                    value[0],
                    value[1],
                    value[2],
                    value[3],
                    value[4],
                    value[5],
                    value[6],
                    value[7]);
            extended[size] = Arrays.copyOf(NaiveMeasurement.words(value), size);
        }

        assertThat(hashed.enter(0)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(HexFormat.of().formatHex(hashed.measurement(3))).isEqualTo(NaiveMeasurement.rem(jcaName, extended));
        assertThat(hashed.measurement(1)).containsOnly(0);
        assertThat(hashed.measurement(2)).containsOnly(0);
        assertThat(hashed.measurement(4)).containsOnly(0);
    }

    @Test
    void aHostCallIsAnExitWithWhatStandsInTheStructureAndReturnsWhatTheHostWrites() {
        realm.rmm.memory().writeWord(data + 0x200, 0xffff_ffff_1234_5678L);
        for (int i = 0; i < 31; i++) {
            realm.rmm.memory().writeWord(data + 0x208 + 8L * i, 1000 + i);
            realm.writeGpr(0, i, 2000 + i);
        }
        guest.rsi(RSI_HOST_CALL, MAPPED + 0x200, 7, 8, 9);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_HOST_CALL);
        assertThat(realm.exit(0, RunPage.HOST_CALL_IMM)).isEqualTo(0x1234_5678);
        for (int i = 0; i < 31; i++) {
            assertThat(realm.exit(0, RunPage.GPRS + 8 * i)).isEqualTo(1000 + i);
        }
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(guest.result()).containsExactly(0, MAPPED + 0x200, 7, 8, 9, 0, 0, 0, 0);
        for (int i = 0; i < 31; i++) {
            assertThat(realm.rmm.memory().readWord(data + 0x208 + 8L * i)).isEqualTo(2000 + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {MAPPED + 8, MAPPED + 0x80, MAPPED + 0xf80, UNPROTECTED + MAPPED, 2 * UNPROTECTED, -256, EMPTY})
    void aHostCallFromWhereNoStructureCanBeIsBadInput(long ipa) {
        assertThat(results(RSI_HOST_CALL, ipa)).isEqualTo(x(ERROR_INPUT));
    }

    @Test
    void aHostCallWhosePageIsGoneMeanwhileIsAnAbortToTheHostAndStaysPending() {
        guest.rsi(RSI_HOST_CALL, MAPPED + 0x300);
        realm.enter(0);
        realm.unmap(MAPPED);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_SYNC);
        assertThat(realm.exit(0, RunPage.ESR)).isEqualTo(MISSING_PAGE);
        assertThat(realm.exit(0, RunPage.HPFAR)).isEqualTo((MAPPED + 0x300) >> 8);
        assertThat(guest.finishedCalls()).as("the guest has not run").isZero();

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).as("and again").isEqualTo(RunPage.REASON_SYNC);
    }
}
