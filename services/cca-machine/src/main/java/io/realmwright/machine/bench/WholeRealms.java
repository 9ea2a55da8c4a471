package io.realmwright.machine.bench;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.host.GeneratedImage;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import io.realmwright.machine.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Realms as a host launches them, from creation to activation, without a trace. */
public final class WholeRealms {
    /** Contents of the measured image of {@link #launch}. */
    public static final int IMAGE_PAGES = 4096;

    private static final int PAGE = 4096;
    private static final long MIB_256 = 256L << 20;
    private static final long TIB = 1L << 40;
    private static final long RAM_BASE = 0x8000_0000L;
    private static final String DIGEST = "0".repeat(64);

    private static final LaunchPlan HOST_DECLARES =
            LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    private WholeRealms() {}

    /** One launch of a realm of 256 MiB with a measured image of 16 MiB, SHA-256. */
    public static Workload launch() {
        SimulatedHost host = boot(HostConfig.GIB);
        byte[] image = GeneratedImage.of(1, IMAGE_PAGES * PAGE);
        RealmSpec spec = spec(RAM_BASE, MIB_256, 40, List.of(new ImagePlacement(DIGEST, new Ipa(RAM_BASE), true)));
        List<RealmVm> last = new ArrayList<>();
        return Workload.of(
                () -> {
                    last.forEach(RealmVm::destroy);
                    last.clear();
                },
                () -> {
                    last.add(launch(host, spec, image));
                    return 1;
                });
    }

    /** Bytes of heap that a realm of 1 TiB without contents takes, declared in blocks of 1 GiB. */
    public static long terabyteRealmBytes() {
        SimulatedHost host = boot(HostConfig.GIB);
        RealmSpec spec = spec(TIB, TIB, 42, List.of());
        launch(host, spec, new byte[0]).destroy();
        return Heap.growth(() -> launch(host, spec, new byte[0]));
    }

    /**
     * Bytes of heap for each of so many active realms of 256 MiB in one machine, none of which has run.
     *
     * @param pages of contents in each
     */
    public static long idleRealmBytes(int realms, int pages) {
        SimulatedHost host = boot(16 * HostConfig.GIB);
        byte[] image = GeneratedImage.of(1, pages * PAGE);
        List<ImagePlacement> images =
                pages == 0 ? List.of() : List.of(new ImagePlacement(DIGEST, new Ipa(RAM_BASE), false));
        RealmSpec spec = spec(RAM_BASE, MIB_256, 40, images);
        return Heap.growth(() -> {
                    List<RealmVm> all = new ArrayList<>(realms);
                    for (int i = 0; i < realms; i++) {
                        all.add(launch(host, spec, image));
                    }
                    return all;
                })
                / realms;
    }

    private static SimulatedHost boot(long dramBytes) {
        return SimulatedHost.boot(new HostConfig(HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS, dramBytes, 1));
    }

    private static RealmSpec spec(long base, long bytes, int ipaBits, List<ImagePlacement> images) {
        return new RealmSpec(
                List.of(new Memslot(IpaRange.of(base, bytes), true)),
                1,
                ipaBits,
                HashAlgorithm.SHA_256,
                images,
                new Guest.Custom(new GuestProgram(List.of(new GuestStep.Halt()))));
    }

    private static RealmVm launch(SimulatedHost host, RealmSpec spec, byte[] image) {
        ImageStore images = _ -> Optional.of(image);
        return switch (host.launch(spec, HOST_DECLARES, images, LaunchObserver.NONE, TraceSink.NONE)) {
            case LaunchResult.Launched(RealmVm vm) -> vm;
            case LaunchResult refused -> throw new IllegalStateException("no realm to measure: " + refused);
        };
    }
}
