package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiRevision;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The RMM generation and KVM UABI that a host has; a fleet is mixed. */
public enum HostProfile {
    /**
     * RMM 1.0 under the explicit KVM UABI of the v5 to v10 series. Memory is declared before it is populated: RMM 1.0
     * refuses to declare what has contents (reference section 4.17).
     */
    RMM_1_0_KVM_RME_V10(
            "rmm-1.0+kvm-rme-v10",
            RmiRevision.RMI_1_0,
            LaunchStep.CONFIG_REALM,
            LaunchStep.CREATE_REALM,
            LaunchStep.INIT_RIPAS,
            LaunchStep.POPULATE,
            LaunchStep.CREATE_RECS,
            LaunchStep.ACTIVATE),
    /** RMM 2.0 under the v14 series: everything implicit, every guest_memfd memslot declared RAM. */
    RMM_2_0_KVM_RMI_V14(
            "rmm-2.0+kvm-rmi-v14",
            RmiRevision.RMI_2_0,
            LaunchStep.CREATE_REALM,
            LaunchStep.POPULATE,
            LaunchStep.CREATE_RECS,
            LaunchStep.INIT_RIPAS,
            LaunchStep.ACTIVATE),
    /** v14 plus an explicit INIT_RIPAS ioctl, as proposed, and our own RPV, hash and reject. */
    RMM_2_0_KVM_RMI_INIT_RIPAS(
            "rmm-2.0+kvm-rmi-init-ripas",
            RmiRevision.RMI_2_0,
            LaunchStep.CONFIG_REALM,
            LaunchStep.CREATE_REALM,
            LaunchStep.POPULATE,
            LaunchStep.CREATE_RECS,
            LaunchStep.INIT_RIPAS,
            LaunchStep.ACTIVATE);

    private final String profileName;
    private final RmiRevision revision;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<LaunchStep> launchSteps;

    HostProfile(String profileName, RmiRevision revision, LaunchStep... launchSteps) {
        this.profileName = profileName;
        this.revision = revision;
        this.launchSteps = List.of(launchSteps);
    }

    /** The name by which hosts declare it, for example {@code rmm-2.0+kvm-rmi-v14}. */
    public String profileName() {
        return profileName;
    }

    /** The RMI version of its RMM, {@code 1.0} or {@code 2.0}. */
    public String rmmVersion() {
        return revision.number();
    }

    /** The names of the RMI commands that its RMM carries out. */
    public List<String> rmiCommands() {
        return revision.commands();
    }

    /** The names of the statuses with which its RMM can refuse. */
    public List<String> rmiRefusals() {
        return revision.refusals();
    }

    RmiRevision revision() {
        return revision;
    }

    /** What a launch does, in order; the RIM depends on the order. */
    List<LaunchStep> launchSteps() {
        return launchSteps;
    }

    public static Optional<HostProfile> named(String profileName) {
        return Arrays.stream(values())
                .filter(profile -> profile.profileName.equals(profileName))
                .findFirst();
    }

    /** Whether the UABI lets the VMM choose RPV and hash algorithm. */
    private boolean isConfigurable() {
        return launchSteps.contains(LaunchStep.CONFIG_REALM);
    }

    /** Whether the VMM declares memory, and not the kernel on its own. */
    private boolean declaresExplicitly() {
        return switch (this) {
            case RMM_1_0_KVM_RME_V10, RMM_2_0_KVM_RMI_INIT_RIPAS -> true;
            case RMM_2_0_KVM_RMI_V14 -> false;
        };
    }

    /** Whether one declaration may cover several memslots. The proposed ioctl takes one guest_memfd memslot a call. */
    boolean declaresAcrossMemslots() {
        return switch (this) {
            case RMM_1_0_KVM_RME_V10 -> true;
            case RMM_2_0_KVM_RMI_V14, RMM_2_0_KVM_RMI_INIT_RIPAS -> false;
        };
    }

    /** Whether a request for RAM can be rejected; on other hosts a VMM can only not run the vCPU again. */
    private boolean canReject() {
        return switch (this) {
            case RMM_2_0_KVM_RMI_INIT_RIPAS -> true;
            case RMM_1_0_KVM_RME_V10, RMM_2_0_KVM_RMI_V14 -> false;
        };
    }

    /** Whether a realm's token can name the grant through its RPV. */
    public boolean canSetRpv() {
        return isConfigurable();
    }

    /** Everything that keeps this profile from carrying out {@code plan} for a realm measured by {@code hash}; empty if it can. */
    public Set<Unavailability> unavailable(LaunchPlan plan, HashAlgorithm hash) {
        var reasons = EnumSet.noneOf(Unavailability.class);
        if (!declaresExplicitly() && !(plan.mode() instanceof RipasMode.HostAllMemslots)) {
            reasons.add(Unavailability.MODE_UNAVAILABLE);
        }
        if (!canReject() && rejects(plan.verdict())) {
            reasons.add(Unavailability.VERDICT_UNAVAILABLE);
        }
        if (hash == HashAlgorithm.SHA_384 || (!isConfigurable() && hash != HashAlgorithm.SHA_256)) {
            reasons.add(Unavailability.HASH_UNAVAILABLE);
        }
        if (!canSetRpv() && !plan.rpv().isZero()) {
            reasons.add(Unavailability.GRANT_NOT_IN_TOKEN);
        }
        return reasons;
    }

    private static boolean rejects(RunTimeVerdict verdict) {
        return switch (verdict) {
            case RunTimeVerdict.Accept(), RunTimeVerdict.Withhold() -> false;
            case RunTimeVerdict.Reject(), RunTimeVerdict.AcceptRanges(var _) -> true;
        };
    }
}
