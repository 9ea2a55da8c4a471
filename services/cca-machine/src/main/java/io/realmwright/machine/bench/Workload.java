package io.realmwright.machine.bench;

import java.util.function.IntSupplier;

/** Something that a machine is made to do again and again. */
public interface Workload {
    /** Brings the machine to where {@link #run} starts. Not timed. */
    void prepare();

    /** Does it, and returns how many operations that were. Timed. */
    int run();

    /** A workload that leaves the machine as it found it. */
    static Workload of(IntSupplier run) {
        return of(() -> {}, run);
    }

    static Workload of(Runnable prepare, IntSupplier run) {
        return new Workload() {
            @Override
            public void prepare() {
                prepare.run();
            }

            @Override
            public int run() {
                return run.getAsInt();
            }
        };
    }
}
