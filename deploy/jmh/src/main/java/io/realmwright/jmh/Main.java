package io.realmwright.jmh;

import io.realmwright.machine.bench.Operation;
import java.io.IOException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs every operation, or those of {@code -p operation=NAME}, with JMH's own options. */
final class Main {
    private Main() {}

    public static void main(String[] args) throws RunnerException, CommandLineOptionException, IOException {
        var given = new CommandLineOptions(args);
        if (given.shouldHelp()) {
            given.showHelp();
            return;
        }
        var options = new OptionsBuilder()
                .parent(given)
                .include(OperationBenchmark.class.getSimpleName())
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(3))
                .measurementIterations(given.getMeasurementIterations().orElse(5));
        if (!given.getParameter("operation").hasValue()) {
            options.param(
                    "operation", Operation.all().stream().map(Operation::name).toArray(String[]::new));
        }
        new Runner(options.build()).run();
    }
}
