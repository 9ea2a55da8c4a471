package io.realmwright.machine.host;

import static io.realmwright.machine.oracle.NaiveMeasurement.rem;
import static io.realmwright.machine.oracle.NaiveMeasurement.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What guests write into their REMs, against an independent calculation. */
class ExtensibleMeasurementTest {
    private static final String ZERO = "00".repeat(32);
    private static final long EMPTY = 0;
    private static final long RAM = 1;

    private static final RipasMode GUEST_DECLARES = new RipasMode.GuestDeclares();
    private static final RipasMode HOST_DECLARES = new RipasMode.HostAllMemslots();

    /** An image of two pages, in the table of the first 2 MiB. */
    private static RealmSpec running(GuestStep... steps) {
        return Realms.running(Realms.withImage(GeneratedImage.of(7, 0x2000)), steps);
    }

    private static List<String> remsAfter(RipasMode mode, RealmSpec spec) {
        SimulatedHost host = Realms.host(HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        RealmVm vm = HostedLife.launched(host, spec, LaunchPlan.of(mode, new RunTimeVerdict.Accept()))
                .vm();
        assertThat(vm.run()).isEqualTo(new Outcome.PoweredOff());
        return vm.measurements().rems();
    }

    @Test
    void remsStartAtZero() {
        RealmVm vm = HostedLife.launched(
                        Realms.host(HostProfile.RMM_2_0_KVM_RMI_V14),
                        running(new GuestStep.PowerOff()),
                        LaunchPlan.of(HOST_DECLARES, new RunTimeVerdict.Accept()))
                .vm();

        assertThat(vm.measurements().rems()).containsExactly(ZERO, ZERO, ZERO, ZERO);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"SHA_256, SHA-256", "SHA_512, SHA-512"})
    void anExtensionHashesTheOldValueAndTheNewOne(HashAlgorithm hash, String jcaName) {
        String value = "00112233445566778899aabbccddeeff0a";
        RealmSpec spec = Realms.hashedBy(
                running(
                        new GuestStep.ExtendRem(3, value),
                        new GuestStep.ExtendRem(3, "ff".repeat(64)),
                        new GuestStep.ExtendRem(4, ""),
                        new GuestStep.PowerOff()),
                hash);
        String untouched = "00".repeat(hash.sizeBytes());

        assertThat(remsAfter(HOST_DECLARES, spec))
                .containsExactly(
                        untouched,
                        untouched,
                        rem(jcaName, bytes(value), bytes("ff".repeat(64))),
                        rem(jcaName, bytes("")));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void aGuestMeasuresWhatItFoundDeclaredRunByRun() {
        long base = Realms.RAM_BASE;
        long block = 2 * Realms.MIB;
        var range = IpaRange.of(base, 8 * Realms.MIB);
        RealmSpec spec = running(new GuestStep.MeasureRipas(1, range), new GuestStep.PowerOff());

        // One table answers at a time: the run of RAM is cut where the table of the first 2 MiB ends.
        assertThat(remsAfter(HOST_DECLARES, spec).getFirst())
                .isEqualTo(rem("SHA-256", words(base, base + block, RAM), words(base + block, range.top(), RAM)));
        assertThat(remsAfter(GUEST_DECLARES, spec).getFirst())
                .isEqualTo(rem(
                        "SHA-256",
                        words(base, base + 0x2000, RAM),
                        words(base + 0x2000, base + block, EMPTY),
                        words(base + block, range.top(), EMPTY)));
    }

    @Test
    void whoDeclaredMemoryIsVisibleToTheGuestThatMeasuresIt() {
        RealmSpec spec = running(new GuestStep.MeasureRipas(2, Realms.RAM), new GuestStep.PowerOff());

        assertThat(remsAfter(HOST_DECLARES, spec)).isNotEqualTo(remsAfter(GUEST_DECLARES, spec));
    }
}
