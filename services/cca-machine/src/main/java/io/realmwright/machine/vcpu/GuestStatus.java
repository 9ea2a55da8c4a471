package io.realmwright.machine.vcpu;

import io.realmwright.machine.guest.Access;

/** What has become of the software on a vCPU. Nobody outside the realm can see it, except in a simulation. */
public sealed interface GuestStatus {
    /** It has steps to do. */
    record Running() implements GuestStatus {}

    /** It has done its steps and waits for an interrupt. */
    record Waiting() implements GuestStatus {}

    /**
     * It died of an abort.
     *
     * @param step index of the step in its program
     */
    record Aborted(Access access, long ipa, int step) implements GuestStatus {}

    /** The host rejected its RAM: it panicked, or loops for ever. */
    record Rejected() implements GuestStatus {}

    /** The RMM refused a call that it cannot do without: it panicked. */
    record Refused() implements GuestStatus {}
}
