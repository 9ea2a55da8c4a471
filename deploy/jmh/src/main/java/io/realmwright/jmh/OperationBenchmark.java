package io.realmwright.jmh;

import io.realmwright.machine.bench.Operation;
import io.realmwright.machine.bench.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One operation of the machine. Its time stands in the line {@code operations}; the other is that of a whole run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OperationBenchmark {
    /** The name of an operation; {@link Main} fills in all of them. */
    @Param("VERSION")
    public String operation = "VERSION";

    private Workload workload = Workload.of(() -> 0);

    /** Counts what a run did, which differs from operation to operation. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Operations {
        public long operations;

        @Setup(Level.Iteration)
        public void reset() {
            operations = 0;
        }
    }

    @Setup(Level.Trial)
    public void makeReady() {
        workload = Operation.all().stream()
                .filter(each -> each.name().equals(operation))
                .findFirst()
                .orElseThrow()
                .workload()
                .get();
    }

    @Setup(Level.Invocation)
    public void prepare() {
        workload.prepare();
    }

    @Benchmark
    public int run(Operations counted) {
        int operations = workload.run();
        counted.operations += operations;
        return operations;
    }
}
