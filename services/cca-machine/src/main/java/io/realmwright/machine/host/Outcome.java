package io.realmwright.machine.host;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.spec.Ipa;

/** How a run of a realm ended. */
public sealed interface Outcome {
    /** The guest made its boot-complete host call. */
    record Booted() implements Outcome {}

    /**
     * The guest died of a synchronous external abort.
     *
     * @param hipas what the host had put there: {@code UNASSIGNED} or {@code ASSIGNED}
     * @param ripas what the realm had been promised: {@code EMPTY}, {@code RAM} or {@code DESTROYED}
     * @param step index of the step in the guest's program that faulted, from 0
     * @param visibleToHost whether a real host would have seen an exit for it; an access to RIPAS EMPTY makes none
     */
    record Faulted(Access access, Ipa ipa, String hipas, String ripas, int step, boolean visibleToHost)
            implements Outcome {}

    /** The guest makes no further progress. */
    record Stalled(Reason reason) implements Outcome {
        /** Why. */
        public enum Reason {
            /** The host answered a RAM request by not running the vCPU again. */
            RIPAS_WITHHELD,
            /** The host rejected a RAM request, and the guest cannot live with that. */
            RIPAS_REJECTED,
            /** The RMM refused a call that the guest cannot do without. */
            RSI_REFUSED,
            /** The guest repeated the same request without any progress. */
            NO_PROGRESS,
            /** The guest touched RAM that no guest_memfd memslot backs: the host has nothing to map there. */
            NO_MEMSLOT,
            /** The guest touched RAM for which the host has no free granule. */
            OUT_OF_GRANULES,
            /** The guest waits for ever without having booted or powered off. */
            IDLE
        }
    }

    /** The guest powered the realm off (PSCI SYSTEM_OFF or SYSTEM_RESET). */
    record PoweredOff() implements Outcome {}

    /** The host could not serve the guest: an RMI command was refused. The realm is dead. */
    record HostFailed(RmiRefusal refusal) implements Outcome {}

    /** The name used in the API and in the table of outcomes. */
    default String kind() {
        return switch (this) {
            case Booted() -> "BOOTED";
            case Faulted _ -> "FAULTED";
            case Stalled _ -> "STALLED";
            case PoweredOff() -> "POWERED_OFF";
            case HostFailed _ -> "HOST_FAILED";
        };
    }
}
