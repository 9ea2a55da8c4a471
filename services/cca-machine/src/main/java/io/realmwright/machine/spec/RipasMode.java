package io.realmwright.machine.spec;

import java.util.List;

/** Who declares a realm's initial memory RIPAS_RAM: the question this product exists for. */
public sealed interface RipasMode {
    /** The host kernel declares every guest_memfd memslot before RMI_REALM_ACTIVATE. */
    record HostAllMemslots() implements RipasMode {}

    /** The deployer declares exactly these ranges through the VMM, in this order, never sorted or merged. */
    record DeployerRanges(List<IpaRange> ranges) implements RipasMode {
        public DeployerRanges {
            ranges = List.copyOf(ranges);
        }
    }

    /** Nobody declares anything before activation: only populated granules are RAM until the guest asks. */
    record GuestDeclares() implements RipasMode {}

    /** The name used in policies, in the API and in the table of outcomes. */
    default String kind() {
        return switch (this) {
            case HostAllMemslots() -> "HOST_ALL_MEMSLOTS";
            case DeployerRanges(var _) -> "DEPLOYER_RANGES";
            case GuestDeclares() -> "GUEST_DECLARES";
        };
    }
}
