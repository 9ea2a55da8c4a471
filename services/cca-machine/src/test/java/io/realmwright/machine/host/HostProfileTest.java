package io.realmwright.machine.host;

import static io.realmwright.machine.host.HostProfile.RMM_1_0_KVM_RME_V10;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
import static io.realmwright.machine.host.HostProfile.RMM_2_0_KVM_RMI_V14;
import static io.realmwright.machine.host.Unavailability.GRANT_NOT_IN_TOKEN;
import static io.realmwright.machine.host.Unavailability.HASH_UNAVAILABLE;
import static io.realmwright.machine.host.Unavailability.MODE_UNAVAILABLE;
import static io.realmwright.machine.host.Unavailability.VERDICT_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of host can carry out, and what it names when it cannot. */
class HostProfileTest {
    private static final RipasMode HOST = new RipasMode.HostAllMemslots();
    private static final RipasMode RANGES = new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF));
    private static final RipasMode GUEST = new RipasMode.GuestDeclares();
    private static final RunTimeVerdict ACCEPT = new RunTimeVerdict.Accept();
    private static final RunTimeVerdict WITHHOLD = new RunTimeVerdict.Withhold();
    private static final RunTimeVerdict REJECT = new RunTimeVerdict.Reject();
    private static final RunTimeVerdict ACCEPT_RANGES = new RunTimeVerdict.AcceptRanges(List.of(Realms.LOW_HALF));
    private static final PersonalizationValue NONE = PersonalizationValue.ZERO;
    private static final PersonalizationValue RPV = new PersonalizationValue("5a".repeat(64));
    private static final HashAlgorithm SHA_256 = HashAlgorithm.SHA_256;

    static List<Arguments> plans() {
        return List.of(
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, ACCEPT, NONE, SHA_256, Set.of()),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, WITHHOLD, NONE, SHA_256, Set.of()),
                Arguments.of(RMM_2_0_KVM_RMI_V14, RANGES, ACCEPT, NONE, SHA_256, Set.of(MODE_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, GUEST, ACCEPT, NONE, SHA_256, Set.of(MODE_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, REJECT, NONE, SHA_256, Set.of(VERDICT_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, ACCEPT_RANGES, NONE, SHA_256, Set.of(VERDICT_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, ACCEPT, NONE, HashAlgorithm.SHA_512, Set.of(HASH_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, ACCEPT, NONE, HashAlgorithm.SHA_384, Set.of(HASH_UNAVAILABLE)),
                Arguments.of(RMM_2_0_KVM_RMI_V14, HOST, ACCEPT, RPV, SHA_256, Set.of(GRANT_NOT_IN_TOKEN)),
                Arguments.of(
                        RMM_2_0_KVM_RMI_V14,
                        GUEST,
                        REJECT,
                        RPV,
                        HashAlgorithm.SHA_512,
                        Set.of(MODE_UNAVAILABLE, VERDICT_UNAVAILABLE, HASH_UNAVAILABLE, GRANT_NOT_IN_TOKEN)),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, RANGES, REJECT, RPV, SHA_256, Set.of()),
                Arguments.of(RMM_2_0_KVM_RMI_INIT_RIPAS, GUEST, ACCEPT_RANGES, RPV, HashAlgorithm.SHA_512, Set.of()),
                Arguments.of(
                        RMM_2_0_KVM_RMI_INIT_RIPAS,
                        HOST,
                        ACCEPT,
                        NONE,
                        HashAlgorithm.SHA_384,
                        Set.of(HASH_UNAVAILABLE)),
                Arguments.of(RMM_1_0_KVM_RME_V10, HOST, ACCEPT, NONE, SHA_256, Set.of()),
                Arguments.of(RMM_1_0_KVM_RME_V10, RANGES, WITHHOLD, RPV, HashAlgorithm.SHA_512, Set.of()),
                Arguments.of(RMM_1_0_KVM_RME_V10, GUEST, ACCEPT, RPV, SHA_256, Set.of()),
                Arguments.of(RMM_1_0_KVM_RME_V10, GUEST, ACCEPT_RANGES, NONE, SHA_256, Set.of(VERDICT_UNAVAILABLE)),
                Arguments.of(
                        RMM_1_0_KVM_RME_V10,
                        GUEST,
                        REJECT,
                        RPV,
                        HashAlgorithm.SHA_384,
                        Set.of(VERDICT_UNAVAILABLE, HASH_UNAVAILABLE)));
    }

    @ParameterizedTest(name = "{0} {1} {2} {4}: {5}")
    @MethodSource("plans")
    void aHostNamesEverythingThatItCannotDo(
            HostProfile profile,
            RipasMode mode,
            RunTimeVerdict verdict,
            PersonalizationValue rpv,
            HashAlgorithm hash,
            Set<Unavailability> reasons) {
        var plan = new LaunchPlan(mode, verdict, MeasuredContents.AS_SPECIFIED, rpv);
        RealmSpec spec = Realms.hashedBy(Realms.running(GuestProfile.LINUX), hash);
        SimulatedHost host = Realms.host(profile);

        HostedLife life = HostedLife.launched(host, spec, plan);

        assertThat(profile.unavailable(plan, hash)).isEqualTo(reasons);
        if (reasons.isEmpty()) {
            assertThat(life.result()).isInstanceOf(LaunchResult.Launched.class);
        } else {
            assertThat(life.result()).isEqualTo(new LaunchResult.Unavailable(reasons));
            assertThat(life.trace()).isEmpty();
            assertThat(host.granulesByState()).isEqualTo(Map.of("NS", HostedLife.GRANULES));
        }
    }

    @Test
    void profilesAreKnownByTheirNames() {
        assertThat(HostProfile.named("rmm-1.0+kvm-rme-v10")).contains(RMM_1_0_KVM_RME_V10);
        assertThat(HostProfile.named("rmm-2.0+kvm-rmi-v14")).contains(RMM_2_0_KVM_RMI_V14);
        assertThat(HostProfile.named("rmm-2.0+kvm-rmi-init-ripas")).contains(RMM_2_0_KVM_RMI_INIT_RIPAS);
        assertThat(HostProfile.named("rmm-2.0")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyHostBootsWithAllItsMemoryNonSecure(HostProfile profile) {
        SimulatedHost host = Realms.host(profile);

        assertThat(host.profile()).isEqualTo(profile);
        assertThat(host.granulesByState()).isEqualTo(Map.of("NS", HostedLife.GRANULES));
        assertThat(host.freeGranules()).isEqualTo(HostedLife.GRANULES - HostedLife.KERNEL_PAGES);
        assertThat(host.leakedGranules()).isZero();
    }

    @Test
    void aMachineAdvertisesJustWhatIsModelled() {
        // 48 bits, one break- and watchpoint; 4 KiB, SHA-256 and SHA-512; no devices, planes or MECs.
        assertThat(Realms.host(RMM_2_0_KVM_RMI_V14).features()).containsExactly(0x104030L, 0x142a9L, 0L, 0L, 0L);
        // RMM 1.0 says the same in one register: up to 2^10 RECs, both hash algorithms, no PMU.
        assertThat(Realms.host(RMM_1_0_KVM_RME_V10).features()).containsExactly(0x283_0010_4030L);
    }
}
