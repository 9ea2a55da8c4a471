package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.Expectation;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.ReplayReport;
import io.realmwright.machine.trace.ReplayResult;
import io.realmwright.machine.trace.TraceSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host writes down of a realm's life replays on a fresh machine. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"RMM_1_0_KVM_RME_V10", "RMM_2_0_KVM_RMI_INIT_RIPAS"})
class LaunchTraceTest {
    private static final LaunchPlan HOST_DECLARES =
            LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    private final SimulatedHost host;
    private final List<String> trace = new ArrayList<>();

    LaunchTraceTest(HostProfile profile) {
        host = Realms.host(profile);
    }

    @Test
    void aGuestThatAsksForEverythingReplays() {
        RealmSpec spec = Realms.hashedBy(
                Realms.withVcpus(
                        Realms.running(
                                Realms.running(GuestProfile.LINUX),
                                new GuestStep.DetectRsi(),
                                new GuestStep.ReadRealmConfig(new Ipa(Realms.RAM_BASE)),
                                new GuestStep.DeclareRam(Realms.RAM, true),
                                new GuestStep.ReleaseRam(
                                        IpaRange.of(Realms.RAM_BASE + 16 * Realms.MIB, 4 * Realms.MIB)),
                                new GuestStep.MeasureRipas(2, Realms.LOW_HALF),
                                new GuestStep.StartSecondaries(new Ipa(Realms.RAM_BASE)),
                                new GuestStep.HostCall(3, new Ipa(Realms.RAM_BASE + 4096)),
                                new GuestStep.PowerOff()),
                        3),
                HashAlgorithm.SHA_512);

        assertThat(live(spec, HOST_DECLARES)).isEqualTo(new Outcome.PoweredOff());

        ReplayReport report = assertAgrees();
        assertThat(report.compared().get(Expectation.GUEST_RET)).isGreaterThan(8);
    }

    @Test
    void theTraceOfARealmBesideOthersReplaysAlone() {
        live(Realms.running(GuestProfile.LINUX), HOST_DECLARES);
        host.launch(
                Realms.running(GuestProfile.UNAWARE), HOST_DECLARES, Realms.STORE, LaunchObserver.NONE, TraceSink.NONE);
        trace.clear();

        assertThat(live(Realms.running(GuestProfile.EDK2_LINUX), HOST_DECLARES)).isEqualTo(new Outcome.Booted());

        assertAgrees();
    }

    /** Launches, runs and tears down. */
    private Outcome live(RealmSpec spec, LaunchPlan plan) {
        LaunchResult result = host.launch(spec, plan, Realms.STORE, LaunchObserver.NONE, trace::add);
        assertThat(result).isInstanceOf(LaunchResult.Launched.class);
        RealmVm vm = ((LaunchResult.Launched) result).vm();
        Outcome outcome = vm.run();
        assertThat(vm.destroy()).isZero();
        return outcome;
    }

    private ReplayReport assertAgrees() {
        byte[] text = String.join("\n", trace).getBytes(StandardCharsets.UTF_8);
        ReplayResult replayed = Replay.of("launch", new ByteArrayInputStream(text), ReplayLimits.NONE);
        assertThat(replayed).isInstanceOf(ReplayResult.Agreed.class);
        return replayed.report();
    }
}
