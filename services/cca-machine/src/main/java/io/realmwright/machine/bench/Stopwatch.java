package io.realmwright.machine.bench;

import java.time.Duration;
import java.util.Arrays;

/** Times workloads by their median run, which neighbours on a shared machine disturb least. */
public final class Stopwatch {
    private static final int RUNS_MIN = 11;
    private static final int RUNS_MAX = 20_000;

    private final Duration each;

    /** @param each how long a workload is repeated, preparations included */
    public Stopwatch(Duration each) {
        this.each = each;
    }

    /** Nanoseconds per operation: the median of all runs that fit into the time, at least {@value #RUNS_MIN}. */
    public double nanosPerOperation(Workload workload) {
        double[] runs = new double[RUNS_MAX];
        int count = 0;
        long end = System.nanoTime() + each.toNanos();
        while (count < RUNS_MIN || (count < RUNS_MAX && System.nanoTime() < end)) {
            workload.prepare();
            long start = System.nanoTime();
            int operations = workload.run();
            runs[count++] = (double) (System.nanoTime() - start) / operations;
        }
        Arrays.sort(runs, 0, count);
        return runs[count / 2];
    }
}
