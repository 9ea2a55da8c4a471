package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RSI_ATTESTATION_TOKEN_INIT and CONTINUE by their registers, on a realm of RMM 2.0 and one of 1.0. */
class AttestationCallsTest {
    private static final long INIT = 0xC4000194L;
    private static final long CONTINUE = 0xC4000195L;
    private static final long EXTEND = 0xC4000193L;

    private static final long SUCCESS = 0;
    private static final long ERROR_STATE = 2;
    private static final long INCOMPLETE = 3;
    private static final long ERROR_UNKNOWN = 4;

    /** Mapped in both realms; the page behind it is not, and the one after that was never declared. */
    private static final long BUFFER = 0x1000;

    private static final long MISSING = 0x2000;
    private static final long EMPTY = 0x3000;

    private final ScriptedGuest guest = new ScriptedGuest();
    private final List<RealmClaims> signed = new ArrayList<>();
    private byte[] token = bytes(1, 2174);

    private final TokenSigner signer = claims -> {
        signed.add(claims);
        return Optional.of(token);
    };

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(bytes);
        return bytes;
    }

    /** An ACTIVE realm with one vCPU that makes the calls of a test. */
    private interface Realm {
        /** Enters the vCPU, which makes one call, and answers X0 and X1; null if the call left the realm unanswered. */
        long[] call(long... registers);

        byte[] read(long ipa, int length);
    }

    private Realm realm(String revision) {
        return revision.equals("1.0") ? new Realm1_0() : new Realm2_0();
    }

    private final class Realm2_0 implements Realm {
        private final TestMachine machine = new TestMachine(256, guest, signer);

        Realm2_0() {
            for (long index = 0; index < 64; index++) {
                machine.delegate(index);
            }
            machine.createRealm(40, 1, 2, 2, 0, 100);
            machine.demand("RMI_RTT_CREATE", granule(2), granule(3), 0, 2);
            machine.demand("RMI_RTT_CREATE", granule(2), granule(4), 0, 3);
            machine.demand("RMI_RTT_INIT_RIPAS", granule(2), 0, EMPTY);
            machine.createRec(2, 5, 8, 0, 100);
            machine.demand("RMI_REALM_ACTIVATE", granule(2));
            machine.map(2, BUFFER, 40);
        }

        @Override
        public long[] call(long... registers) {
            guest.queue(registers);
            machine.demand("RMI_REC_ENTER", granule(5), granule(101));
            boolean unanswered = machine.read(granule(101) + 0x800) == 0;
            return unanswered ? new long[0] : Arrays.copyOf(guest.results(), 2);
        }

        @Override
        public byte[] read(long ipa, int length) {
            byte[] bytes = new byte[length];
            assertThat(machine.rmm.readGuest(granule(2), ipa, bytes)).isTrue();
            return bytes;
        }
    }

    private final class Realm1_0 implements Realm {
        private final Machine1_0 machine = new Machine1_0(guest, signer);

        Realm1_0() {
            machine.createRealm(16, 32);
            long rd = Machine1_0.granule(16);
            machine.succeed(RmiCommand1_0.RMI_RTT_INIT_RIPAS, rd, 0, EMPTY);
            machine.succeed(RmiCommand1_0.RMI_REALM_ACTIVATE, rd);
            machine.delegate(100, 1);
            machine.succeed(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, rd, Machine1_0.granule(100), BUFFER);
        }

        @Override
        public long[] call(long... registers) {
            guest.queue(registers);
            machine.succeed(RmiCommand1_0.RMI_REC_ENTER, Machine1_0.granule(32), Machine1_0.RUN_PAGE);
            boolean unanswered = machine.rmm.memory().readWord(Machine1_0.RUN_PAGE + 0x800) == 0;
            return unanswered ? new long[0] : Arrays.copyOf(guest.results(), 2);
        }

        @Override
        public byte[] read(long ipa, int length) {
            byte[] bytes = new byte[length];
            assertThat(machine.rmm.readGuest(Machine1_0.granule(16), ipa, bytes))
                    .isTrue();
            return bytes;
        }
    }

    private static long[] init(byte[] challenge) {
        long[] registers = new long[9];
        registers[0] = INIT;
        for (int i = 0; i < challenge.length; i++) {
            registers[1 + i / 8] |= (challenge[i] & 0xffL) << (8 * (i % 8));
        }
        return registers;
    }

    @ParameterizedTest(name = "RMM {0}")
    @ValueSource(strings = {"2.0", "1.0"})
    void aTokenIsHandedOutInOnePiece(String revision) {
        Realm realm = realm(revision);

        assertThat(realm.call(init(bytes(2, 64)))).containsExactly(SUCCESS, 0x1000);
        assertThat(realm.call(CONTINUE, BUFFER, 0, 0x1000)).containsExactly(SUCCESS, 0x87e);
        assertThat(realm.read(BUFFER, 0x87e)).isEqualTo(token);
        assertThat(realm.call(CONTINUE, BUFFER, 0, 0x1000)).containsExactly(ERROR_STATE, 0);
    }

    @ParameterizedTest(name = "RMM {0}, X1 = {1}, X2 = {2}, X3 = {3}: {4} before, {5} after INIT")
    @CsvSource({
        "2.0, 0x1000, 0, 0x1000, 2, 0",
        "2.0, 0x1000, 0, 0, 2, 3",
        "2.0, 0x1008, 0, 0x1000, 1, 1",
        "2.0, 0x8000000000, 0, 0x1000, 1, 1",
        "2.0, 0x1000, 0x1000, 0, 1, 1",
        "2.0, 0x1000, 0x1000, 1, 1, 1",
        "2.0, 0x1000, 0xfff, 2, 1, 1",
        "2.0, 0x1000, 0xfff, 1, 2, 3",
        "2.0, 0x1000, 0, 0x1001, 1, 1",
        "2.0, 0x1000, 8, 0xfffffffffffffff8, 1, 1",
        "2.0, 0x3000, 0, 0x1000, 2, 1",
        "1.0, 0x1000, 0, 0x1000, 2, 0",
        "1.0, 0x1008, 0, 0x1000, 1, 1",
        "1.0, 0x1000, 0, 0x1001, 1, 1",
    })
    void wherePiecesMayGo(String revision, String ipa, String offset, String size, long before, long after) {
        Realm realm = realm(revision);
        long[] call = {CONTINUE, Long.decode(ipa), Long.decode(offset), word(size)};

        assertThat(realm.call(call)[0]).isEqualTo(before);
        realm.call(init(bytes(2, 64)));
        assertThat(realm.call(call)[0]).isEqualTo(after);
    }

    private static long word(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text, 2, text.length(), 16) : Long.parseLong(text);
    }

    @Test
    void aPageThatIsMissingIsTheHostsToMapAndLosesNothing() {
        Realm realm = new Realm2_0();
        realm.call(init(bytes(2, 64)));

        assertThat(realm.call(CONTINUE, MISSING, 0, 0x1000)).isEmpty();
        assertThat(realm.call(CONTINUE, BUFFER, 0, 0x1000)).containsExactly(SUCCESS, 0x87e);
    }

    @ParameterizedTest(name = "seed {0}, RMM {1}")
    @CsvSource({"1, 2.0", "2, 2.0", "3, 1.0"})
    void piecesOfAnySizeAnywhereMakeTheWholeToken(long seed, String revision) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Realm realm = realm(revision);
        token = bytes(seed, random.nextInt(1, 4097));
        realm.call(init(bytes(2, 64)));
        byte[] taken = new byte[0];
        long status = INCOMPLETE;
        while (status == INCOMPLETE) {
            int offset = random.nextInt(4096);
            int size = random.nextInt(0, Math.min(4096 - offset, 500) + 1);
            int left = token.length - taken.length;

            long[] answer = realm.call(CONTINUE, BUFFER, offset, size);

            assertThat(answer).containsExactly(left > size ? INCOMPLETE : SUCCESS, Math.min(size, left));
            byte[] piece = realm.read(BUFFER + offset, (int) answer[1]);
            taken = Arrays.copyOf(taken, taken.length + piece.length);
            System.arraycopy(piece, 0, taken, taken.length - piece.length, piece.length);
            status = answer[0];
        }
        assertThat(taken).isEqualTo(token);
    }

    @Test
    void anotherInitForgetsTheTokenThatWasBeingTaken() {
        Realm realm = new Realm2_0();
        realm.call(init(bytes(2, 64)));
        realm.call(CONTINUE, BUFFER, 0, 1000);
        token = bytes(5, 300);

        assertThat(realm.call(init(bytes(3, 64)))).containsExactly(SUCCESS, 0x1000);

        assertThat(realm.call(CONTINUE, BUFFER, 0, 0x1000)).containsExactly(SUCCESS, 300);
        assertThat(realm.read(BUFFER, 300)).isEqualTo(token);
    }

    @Test
    void theClaimsAreThoseOfTheMomentOfInit() {
        Realm realm = new Realm2_0();
        byte[] challenge = bytes(2, 64);
        realm.call(EXTEND, 2, 8, 0x1122334455667788L);
        realm.call(init(challenge));
        realm.call(EXTEND, 2, 8, 7);
        realm.call(init(challenge));

        var first = (RealmClaims.Rmm2_0) signed.getFirst();
        var second = (RealmClaims.Rmm2_0) signed.getLast();
        assertThat(first.common().challenge()).isEqualTo(challenge);
        assertThat(first.common().personalizationValue()).isEqualTo(new byte[64]);
        assertThat(first.privateMec()).isFalse();
        assertThat(first.instanceId())
                .hasSize(32)
                .isEqualTo(second.instanceId())
                .isNotEqualTo(new byte[32]);
        assertThat(first.common().rim()).isEqualTo(second.common().rim()).hasSize(32);
        assertThat(hex(first.common().rems().get(1)))
                .isNotEqualTo("00".repeat(32))
                .isNotEqualTo(hex(second.common().rems().get(1)));
        assertThat(first.common().rems()).hasSize(4);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void aRealmOfRmm1_0HasNeitherInstanceIdNorMecPolicy() {
        new Realm1_0().call(init(bytes(2, 64)));

        assertThat(signed).hasSize(1).first().isInstanceOf(RealmClaims.Rmm1_0.class);
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 4097})
    void whatIsNoTokenIsAnUnknownErrorAndNothingToTake(int length) {
        Realm realm = new Realm2_0();
        realm.call(init(bytes(2, 64)));
        token = new byte[length];

        assertThat(realm.call(init(bytes(2, 64)))).containsExactly(ERROR_UNKNOWN, 0);
        assertThat(realm.call(CONTINUE, BUFFER, 0, 0x1000)).containsExactly(ERROR_STATE, 0);
    }
}
