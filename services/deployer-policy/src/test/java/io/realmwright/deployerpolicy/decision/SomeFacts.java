package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.Map;

/** Facts to ask rules about. */
public final class SomeFacts {
    private SomeFacts() {}

    public static Facts of(RealmSpec spec, Map<String, String> labels, HostProfile profile) {
        var host = new Facts.CandidateHost("host-a", "m0", profile, Labels.of(Map.of("zone", "north")), 64L << 30);
        return new Facts("web-1", spec, Labels.of(labels), host);
    }

    public static Facts labelled(Map<String, String> labels) {
        return of(spec(2, GuestProfile.LINUX), labels, HostProfile.RMM_2_0_KVM_RMI_V14);
    }

    /** A memslot of 256 MiB at 2 GiB and one of 64 KiB at 0, the latter without guest_memfd. */
    public static RealmSpec spec(int vcpus, GuestProfile guest) {
        return new RealmSpec(
                List.of(
                        new Memslot(IpaRange.of(0x8000_0000L, 0x1000_0000L), true),
                        new Memslot(IpaRange.of(0, 0x1_0000L), false)),
                vcpus,
                40,
                HashAlgorithm.SHA_256,
                List.of(new ImagePlacement("ab".repeat(32), new Ipa(0x8000_0000L), true)),
                new Guest.Profile(guest));
    }
}
