package io.realmwright.machine.host;

import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.vcpu.GuestStatus;

/** Says of a guest that died of an abort what was at the address. */
final class FaultReport {
    private static final String NOTHING = "NONE";

    private final Kernel kernel;
    private final HostedRealm realm;

    FaultReport(Kernel kernel, HostedRealm realm) {
        this.kernel = kernel;
        this.realm = realm;
    }

    /**
     * The outcome. Every abort that this host leaves a guest with was injected by the RMM without an exit, but for one:
     * an access to the unprotected half that the host could not emulate, and answered with an abort itself.
     */
    Outcome report(GuestStatus.Aborted aborted) {
        Ipa ipa = new Ipa(aborted.ipa());
        if (aborted.ipa() >= 2 * realm.spec().protectedTop()) {
            return new Outcome.Faulted(aborted.access(), ipa, NOTHING, NOTHING, aborted.step(), false);
        }
        MemoryRun entry = kernel.memoryOf(realm).at(aborted.ipa());
        return new Outcome.Faulted(aborted.access(), ipa, entry.hipas(), entry.ripas(), aborted.step(), false);
    }
}
