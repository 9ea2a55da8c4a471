package io.realmwright.machine.host;

import java.util.List;
import java.util.SortedMap;

/** A launched realm on its host. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RealmVm {
    private RealmVm() {}

    /** Runs the vCPUs until an outcome is reached. Once there is an outcome, running again answers the same. */
    public Outcome run() {
        throw new UnsupportedOperationException();
    }

    /** The IPA space as runs of equal state in ascending order, read by RMI_RTT_READ_ENTRY. */
    public List<MemoryRun> memory() {
        throw new UnsupportedOperationException();
    }

    public Measurements measurements() {
        throw new UnsupportedOperationException();
    }

    /** RMI calls made for this realm so far, by command name. */
    public SortedMap<String, Long> rmiCalls() {
        throw new UnsupportedOperationException();
    }

    /**
     * Tears the realm down; its granules go back to the host.
     *
     * @return number of granules leaked because the RMM refused to give them back
     */
    public long destroy() {
        throw new UnsupportedOperationException();
    }
}
