package io.realmwright.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.rim.RimExtension.Kind;
import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.ReplayResult;
import io.realmwright.machine.trace.TraceSink;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every extension of a launch's RIM, step by step. */
class RimLadderTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Every profile with every mode and hash algorithm that it can do. */
    static List<Arguments> launches() {
        var launches = new ArrayList<Arguments>();
        List<RipasMode> modes = List.of(
                new RipasMode.HostAllMemslots(),
                new RipasMode.DeployerRanges(List.of(Realms.LOW_HALF)),
                new RipasMode.GuestDeclares());
        for (HostProfile profile : HostProfile.values()) {
            for (RipasMode mode : modes) {
                var plan = LaunchPlan.of(mode, new RunTimeVerdict.Accept());
                for (HashAlgorithm hash : HashAlgorithm.values()) {
                    if (profile.unavailable(plan, hash).isEmpty()) {
                        launches.add(Arguments.of(profile, mode.kind(), hash, plan));
                    }
                }
            }
        }
        return launches;
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("launches")
    void theLadderLeadsFromTheParametersToTheRimStepByStep(
            HostProfile profile, Object mode, HashAlgorithm hash, LaunchPlan plan) throws Exception {
        var ladder = new ArrayList<RimExtension>();
        var trace = new ArrayList<String>();
        RealmVm vm =
                launch(profile, Realms.hashedBy(Realms.running(GuestProfile.LINUX), hash), plan, ladder, trace::add);

        assertThat(ladder.getFirst().kind()).isEqualTo(Kind.REALM);
        for (int i = 1; i < ladder.size(); i++) {
            RimExtension step = ladder.get(i);
            assertThat(step.before()).isEqualTo(ladder.get(i - 1).after());
            assertThat(step.after()).as("%s", step).isEqualTo(calculated(step, hash));
        }
        assertThat(ladder.getLast().after()).isEqualTo(vm.measurements().rim());
        assertThat(kinds(ladder)).containsExactlyElementsOf(expectedKinds(profile, plan.mode()));

        var replayed = new ArrayList<RimExtension>();
        byte[] text = String.join("\n", trace).getBytes(StandardCharsets.UTF_8);
        assertThat(Replay.of("launch", new ByteArrayInputStream(text), ReplayLimits.NONE, replayed::add))
                .isInstanceOf(ReplayResult.Agreed.class);
        assertThat(replayed).isEqualTo(ladder);
    }

    @Test
    void whoDoesNotListenHearsNothingAndNobodyElseHearsOfTheNextRealm() {
        var host = Realms.host(HostProfile.RMM_2_0_KVM_RMI_V14);
        var plan = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());
        var ladder = new ArrayList<RimExtension>();
        host.launch(Realms.running(GuestProfile.LINUX), plan, Realms.STORE, listener(ladder), TraceSink.NONE);
        int heard = ladder.size();

        host.launch(Realms.running(GuestProfile.LINUX), plan, Realms.STORE, LaunchObserver.NONE, TraceSink.NONE);

        assertThat(ladder).hasSize(heard);
    }

    /** The descriptor of reference section 8, filled in from what the step tells. */
    private static String calculated(RimExtension step, HashAlgorithm hash) throws Exception {
        ByteBuffer descriptor = ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN);
        descriptor.put(0, (byte) List.of(Kind.DATA, Kind.REC, Kind.RIPAS).indexOf(step.kind()));
        descriptor.putLong(0x8, 0x100);
        descriptor.put(0x10, HEX.parseHex(step.before()));
        switch (step.kind()) {
            case DATA -> {
                descriptor.putLong(0x50, step.base());
                descriptor.putLong(0x58, step.contents().isEmpty() ? 0 : 1);
                descriptor.put(0x60, HEX.parseHex(step.contents()));
            }
            case REC -> descriptor.put(0x50, HEX.parseHex(step.contents()));
            case RIPAS -> {
                descriptor.putLong(0x50, step.base());
                descriptor.putLong(0x58, step.top());
            }
            case REALM -> throw new AssertionError("a realm is created once");
        }
        return HEX.formatHex(MessageDigest.getInstance(hash == HashAlgorithm.SHA_512 ? "SHA-512" : "SHA-256")
                .digest(descriptor.array()));
    }

    /** On RMM 1.0 memory is declared first, in entries of 2 MiB; on 2.0 that is not measured. The image has 16 pages. */
    private static List<Kind> expectedKinds(HostProfile profile, RipasMode mode) {
        long declaredBytes = switch (mode) {
            case RipasMode.HostAllMemslots() -> Realms.RAM_SIZE;
            case RipasMode.DeployerRanges _ -> Realms.RAM_SIZE / 2;
            case RipasMode.GuestDeclares() -> 0;
        };
        var kinds = new ArrayList<>(List.of(Kind.REALM));
        if (profile == HostProfile.RMM_1_0_KVM_RME_V10) {
            addTimes(kinds, Kind.RIPAS, declaredBytes / (2 * Realms.MIB));
        }
        addTimes(kinds, Kind.DATA, 16);
        kinds.add(Kind.REC);
        return kinds;
    }

    private static void addTimes(List<Kind> kinds, Kind kind, long times) {
        for (long i = 0; i < times; i++) {
            kinds.add(kind);
        }
    }

    private static List<Kind> kinds(List<RimExtension> ladder) {
        return ladder.stream().map(RimExtension::kind).toList();
    }

    private static RealmVm launch(
            HostProfile profile, RealmSpec spec, LaunchPlan plan, List<RimExtension> ladder, TraceSink trace) {
        LaunchResult result = Realms.host(profile).launch(spec, plan, Realms.STORE, listener(ladder), trace);
        assertThat(result).isInstanceOf(LaunchResult.Launched.class);
        return ((LaunchResult.Launched) result).vm();
    }

    private static LaunchObserver listener(List<RimExtension> ladder) {
        return new LaunchObserver() {
            @Override
            public void completed(LaunchStep step, long rmiCalls) {
                // only the RIM matters here
            }

            @Override
            public RimObserver rim() {
                return ladder::add;
            }
        };
    }
}
