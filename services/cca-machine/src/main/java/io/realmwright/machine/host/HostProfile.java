package io.realmwright.machine.host;

import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The RMM generation and KVM UABI that a host has; a fleet is mixed. */
public enum HostProfile {
    /** RMM 1.0 under the explicit KVM UABI of the v5 to v10 series. */
    RMM_1_0_KVM_RME_V10("rmm-1.0+kvm-rme-v10", "1.0"),
    /** RMM 2.0 under the v14 series: everything implicit, every guest_memfd memslot declared RAM. */
    RMM_2_0_KVM_RMI_V14("rmm-2.0+kvm-rmi-v14", "2.0"),
    /** v14 plus an explicit INIT_RIPAS ioctl, as proposed, and our own RPV, hash and reject. */
    RMM_2_0_KVM_RMI_INIT_RIPAS("rmm-2.0+kvm-rmi-init-ripas", "2.0");

    private final String profileName;
    private final String rmmVersion;

    HostProfile(String profileName, String rmmVersion) {
        this.profileName = profileName;
        this.rmmVersion = rmmVersion;
    }

    /** The name by which hosts declare it, for example {@code rmm-2.0+kvm-rmi-v14}. */
    public String profileName() {
        return profileName;
    }

    /** The RMI version of its RMM, {@code 1.0} or {@code 2.0}. */
    public String rmmVersion() {
        return rmmVersion;
    }

    public static Optional<HostProfile> named(String profileName) {
        return Arrays.stream(values())
                .filter(profile -> profile.profileName.equals(profileName))
                .findFirst();
    }

    /** Whether the UABI lets the VMM choose RPV, hash algorithm, RIPAS mode and rejection. */
    private boolean isExplicit() {
        return this == RMM_2_0_KVM_RMI_INIT_RIPAS;
    }

    /** Whether a realm's token can name the grant through its RPV. */
    public boolean canSetRpv() {
        return this != RMM_2_0_KVM_RMI_V14;
    }

    /** Everything that keeps this profile from carrying out {@code plan} for a realm measured by {@code hash}; empty if it can. */
    public Set<Unavailability> unavailable(LaunchPlan plan, HashAlgorithm hash) {
        if (this == RMM_1_0_KVM_RME_V10) {
            return EnumSet.of(Unavailability.RMM_1_0);
        }
        var reasons = EnumSet.noneOf(Unavailability.class);
        if (!isExplicit() && !(plan.mode() instanceof RipasMode.HostAllMemslots)) {
            reasons.add(Unavailability.MODE_UNAVAILABLE);
        }
        if (!isExplicit() && !canBeGivenToKvmV14(plan.verdict())) {
            reasons.add(Unavailability.VERDICT_UNAVAILABLE);
        }
        if (hash == HashAlgorithm.SHA_384 || (!isExplicit() && hash != HashAlgorithm.SHA_256)) {
            reasons.add(Unavailability.HASH_UNAVAILABLE);
        }
        if (!canSetRpv() && !plan.rpv().isZero()) {
            reasons.add(Unavailability.GRANT_NOT_IN_TOKEN);
        }
        return reasons;
    }

    private static boolean canBeGivenToKvmV14(RunTimeVerdict verdict) {
        return switch (verdict) {
            case RunTimeVerdict.Accept(), RunTimeVerdict.Withhold() -> true;
            case RunTimeVerdict.Reject(), RunTimeVerdict.AcceptRanges(var _) -> false;
        };
    }
}
