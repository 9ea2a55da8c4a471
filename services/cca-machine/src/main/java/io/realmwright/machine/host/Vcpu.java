package io.realmwright.machine.host;

import io.realmwright.machine.vcpu.GuestThread;

/** A vCPU as the host has it: its REC, the page through which it is run, and (simulated) the software on it. */
final class Vcpu {
    final int index;
    final KvmSeries.HostedRec rec;
    final long runPage;
    final GuestThread thread;

    /** On, as far as the host knows: it runs no other. */
    boolean on;

    Vcpu(int index, KvmSeries.HostedRec rec, long runPage, GuestThread thread) {
        this.index = index;
        this.rec = rec;
        this.runPage = runPage;
        this.thread = thread;
        this.on = index == 0;
    }
}
