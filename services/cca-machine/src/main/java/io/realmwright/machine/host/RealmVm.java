package io.realmwright.machine.host;

import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.rmm.RealmView;
import io.realmwright.machine.spec.LaunchPlan;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A launched realm on its host. One thread at a time may use a host and its realms. */
public final class RealmVm {
    private static final int RIM = 0;
    private static final int REMS = 4;

    private final Kernel kernel;
    private final HostedRealm realm;
    private final LaunchPlan plan;
    private final RealmLog log;
    private @Nullable Outcome outcome;
    private boolean destroyed;

    RealmVm(Kernel kernel, HostedRealm realm, LaunchPlan plan, RealmLog log) {
        this.kernel = kernel;
        this.realm = realm;
        this.plan = plan;
        this.log = log;
    }

    /** Runs the vCPUs until an outcome is reached. Once there is an outcome, running again answers the same. */
    public Outcome run() {
        if (outcome == null) {
            demandPresent();
            kernel.actFor(log);
            outcome = new RunLoop(kernel, realm, plan.verdict()).run();
        }
        return outcome;
    }

    /** The IPA space as runs of equal state in ascending order, read by RMI_RTT_READ_ENTRY. */
    public List<MemoryRun> memory() {
        demandPresent();
        return kernel.memoryOf(realm).runs();
    }

    public Measurements measurements() {
        demandPresent();
        RealmView view = kernel.view(realm);
        List<String> rems = new ArrayList<>();
        for (int rem = 1; rem <= REMS; rem++) {
            rems.add(HexFormat.of().formatHex(view.measurement(rem)));
        }
        String rim = HexFormat.of().formatHex(view.measurement(RIM));
        return new Measurements(realm.spec().hashAlgorithm(), rim, rems);
    }

    /** RMI calls made for this realm so far, by command name. */
    public SortedMap<String, Long> rmiCalls() {
        return log.calls().byCommand();
    }

    /**
     * Tears the realm down; its granules go back to the host. Doing so again does nothing.
     *
     * @return number of granules leaked because the RMM refused to give them back
     */
    public long destroy() {
        if (destroyed) {
            return 0;
        }
        destroyed = true;
        kernel.actFor(log);
        long before = kernel.memory.leaked();
        realm.tearDown();
        return kernel.memory.leaked() - before;
    }

    private void demandPresent() {
        if (destroyed) {
            throw new IllegalStateException("the realm has been destroyed");
        }
    }
}
