package io.realmwright.bench;

import java.util.List;

/** Something that can be measured. */
interface Benchmark {
    /** By which it is asked for. */
    String name();

    /** What it measures, in one line. */
    String summary();

    Result run(Setting setting);

    /** Every benchmark, in the order in which they are run. A new one is added here. */
    static List<Benchmark> all() {
        return List.of(
                new LaunchBenchmark(), new FleetBenchmark(), new DecisionsBenchmark(), new AttestationBenchmark());
    }
}
