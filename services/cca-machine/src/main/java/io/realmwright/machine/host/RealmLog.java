package io.realmwright.machine.host;

/** What is kept of one realm's calls: how many, and the trace. */
record RealmLog(RmiCalls calls, TraceRecorder trace) {
    /** Counts for nobody. */
    static RealmLog none() {
        return new RealmLog(new RmiCalls(), TraceRecorder.off());
    }
}
