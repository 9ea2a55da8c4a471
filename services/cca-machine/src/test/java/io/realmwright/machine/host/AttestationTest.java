package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A challenge goes through the host to the guest and the RMM, and a token comes back the same way. */
class AttestationTest {
    private static final long BASE = Realms.RAM_BASE;
    private static final Ipa PAGE = new Ipa(BASE + 0x1000);
    private static final GuestStep BOOT = new GuestStep.HostCall(GuestStep.HostCall.BOOT_COMPLETE, PAGE);
    private static final GuestStep ATTEST = new GuestStep.Attest(PAGE);
    private static final LaunchPlan GUEST_DECLARES =
            LaunchPlan.of(new RipasMode.GuestDeclares(), new RunTimeVerdict.Accept());

    private final List<RealmClaims> signed = new ArrayList<>();
    private int tokenBytes = 2174;

    /** As many bytes as a test says, made of the challenge. */
    private final TokenSigner firmware = claims -> {
        signed.add(claims);
        return tokenBytes == 0
                ? Optional.empty()
                : Optional.of(token(claims.common().challenge()));
    };

    private final SimulatedHost host =
            SimulatedHost.boot(new HostConfig(HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS, HostConfig.GIB, 1), firmware);

    private byte[] token(byte[] challenge) {
        byte[] token = new byte[tokenBytes];
        for (int i = 0; i < token.length; i++) {
            token[i] = (byte) (challenge[i % 64] + i / 64);
        }
        return token;
    }

    private static byte[] challenge(int seed) {
        byte[] challenge = new byte[RealmVm.CHALLENGE_BYTES];
        Arrays.setAll(new int[challenge.length], i -> challenge[i] = (byte) (seed * 31 + i));
        return challenge;
    }

    private HostedLife launched(GuestStep... steps) {
        return HostedLife.launched(
                host, Realms.running(Realms.withImage(GeneratedImage.of(7, 0x2000)), steps), GUEST_DECLARES);
    }

    private void assertToken(RealmVm vm, int seed) {
        TokenAnswer answer = vm.attest(challenge(seed));

        assertThat(answer).isInstanceOf(TokenAnswer.Made.class);
        assertThat(((TokenAnswer.Made) answer).token()).isEqualTo(token(challenge(seed)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAWARE")
    void aGuestThatKnowsRsiAnswersOneChallengeAfterTheOtherAndItsLifeReplays(GuestProfile profile) {
        RealmSpec spec = Realms.withVcpus(Realms.running(profile), 2);
        HostedLife life = HostedLife.launched(
                host, spec, LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept()));
        RealmVm vm = life.vm();
        assertThat(vm.run()).isEqualTo(new Outcome.Booted());

        assertToken(vm, 1);
        assertToken(vm, 2);

        assertThat(vm.run()).isEqualTo(new Outcome.Booted());
        vm.destroy();
        assertThat(life.trace())
                .filteredOn(line -> line.startsWith("{\"token\":"))
                .hasSize(2);
        life.assertReplays();
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 8, 239, 240, 241, 2048, 2049, 4095, 4096})
    void aTokenOfAnyLengthComesThroughWhole(int length) {
        tokenBytes = length;
        RealmVm vm = launched(BOOT, ATTEST).vm();
        vm.run();

        assertToken(vm, 3);
    }

    @Test
    void theRmmVouchesForWhatTheGuestMeasuredBefore() {
        RealmVm vm = launched(
                        new GuestStep.MeasureRipas(1, IpaRange.of(BASE, Realms.RAM_SIZE)),
                        new GuestStep.ExtendRem(4, "c0ffee"),
                        BOOT,
                        ATTEST)
                .vm();
        vm.run();
        vm.attest(challenge(1));

        var claims = (RealmClaims.Rmm2_0) signed.getFirst();
        var expected = vm.measurements();
        assertThat(hex(claims.common().rim())).isEqualTo(expected.rim());
        assertThat(claims.common().rems().stream().map(AttestationTest::hex)).isEqualTo(expected.rems());
        assertThat(claims.common().challenge()).isEqualTo(challenge(1));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void realmsHaveInstanceIdsOfTheirOwn() {
        RealmVm first = launched(BOOT, ATTEST).vm();
        RealmVm second = launched(BOOT, ATTEST).vm();
        first.run();
        second.run();
        first.attest(challenge(1));
        second.attest(challenge(1));

        assertThat(signed.stream().map(claims -> hex(((RealmClaims.Rmm2_0) claims).instanceId())))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aGuestWithoutTheStepMakesNone() {
        RealmVm vm = launched(BOOT).vm();
        vm.run();

        assertThat(vm.attest(challenge(1))).isEqualTo(new TokenAnswer.NoAttestationStep());
        assertThat(vm.run()).isEqualTo(new Outcome.Booted());
        assertThat(signed).isEmpty();
    }

    @Test
    void aGuestThatHasNotBootedMakesNone() {
        RealmVm neverRun = launched(BOOT, ATTEST).vm();
        RealmVm faulted = launched(new GuestStep.Touch(Access.WRITE, new Ipa(BASE + 0x4000)), BOOT, ATTEST)
                .vm();
        faulted.run();
        RealmVm waiting = launched(ATTEST).vm();

        assertThat(neverRun.attest(challenge(1))).isEqualTo(new TokenAnswer.NotRunning(null));
        assertThat(faulted.attest(challenge(1)))
                .isEqualTo(new TokenAnswer.NotRunning(
                        new Outcome.Faulted(Access.WRITE, new Ipa(BASE + 0x4000), "UNASSIGNED", "EMPTY", 0, false)));
        assertThat(waiting.run()).isEqualTo(new Outcome.Stalled(Outcome.Stalled.Reason.IDLE));
        assertThat(signed).isEmpty();
    }

    @Test
    void aGuestThatDiesBeforeItAsksHasThatOutcomeFromThenOn() {
        RealmVm vm = launched(BOOT, new GuestStep.Touch(Access.READ, new Ipa(BASE + 0x4000)), ATTEST)
                .vm();
        vm.run();
        var fault = new Outcome.Faulted(Access.READ, new Ipa(BASE + 0x4000), "UNASSIGNED", "EMPTY", 1, false);

        assertThat(vm.attest(challenge(1))).isEqualTo(new TokenAnswer.NotRunning(fault));
        assertThat(vm.run()).isEqualTo(fault);
    }

    @Test
    void aRefusalOfTheRmmReachesWhoeverAskedAndTheGuestLivesOn() {
        tokenBytes = 0;
        HostedLife life = launched(BOOT, ATTEST);
        life.vm().run();

        assertThat(life.vm().attest(challenge(1))).isEqualTo(new TokenAnswer.RefusedByRmm(4));

        tokenBytes = 500;
        assertToken(life.vm(), 2);
        life.assertReplays();
    }

    @Test
    void aBufferThatTheGuestNeverDeclaredKillsIt() {
        RealmVm vm =
                launched(BOOT, new GuestStep.Attest(new Ipa(BASE + 0x8000))).vm();
        vm.run();

        assertThat(vm.attest(challenge(1)))
                .isEqualTo(new TokenAnswer.NotRunning(
                        new Outcome.Faulted(Access.WRITE, new Ipa(BASE + 0x8000), "UNASSIGNED", "EMPTY", 1, false)));
    }

    @Test
    void hostCallsThatOnlyLookLikeATokenAreNone() {
        RealmVm vm = launched(
                        new GuestStep.HostCall(GuestStep.Attest.TOKEN_PART, PAGE),
                        BOOT,
                        new GuestStep.HostCall(GuestStep.Attest.TOKEN_PART, PAGE),
                        ATTEST)
                .vm();
        assertThat(vm.run()).isEqualTo(new Outcome.Booted());

        assertToken(vm, 9);
    }

    @Test
    void aChallengeHasJust64Bytes() {
        RealmVm vm = launched(BOOT, ATTEST).vm();
        vm.run();

        assertThatIllegalArgumentException().isThrownBy(() -> vm.attest(new byte[63]));
    }
}
