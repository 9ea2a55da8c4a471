package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures, prints, and writes tables and charts. */
public final class Main {
    private static final int COULD_NOT_RUN = 2;

    private Main() {}

    /** Exits with 0 if everything could be measured, whether or not goals were met; with 2 otherwise. */
    public static void main(String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Options options = Options.parse(arguments);
            for (Benchmark benchmark : options.benchmarks()) {
                var setting = new Setting(options.home(), options.length(), options.scale(), new Progress(System.out));
                Result result = benchmark.run(setting);
                write(options.home().resolve("target/bench"), benchmark, result);
            }
        } catch (LocalRunException | IOException e) {
            System.err.println("realmwright: " + e.getMessage());
            System.exit(COULD_NOT_RUN);
        }
    }

    private static void write(Path directory, Benchmark benchmark, Result result) throws IOException {
        String table = "%n%s: %s%n%s".formatted(benchmark.name(), benchmark.summary(), result.table());
        System.out.println(table);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(benchmark.name() + ".txt"), table);
        for (Chart chart : result.charts()) {
            Files.writeString(directory.resolve(benchmark.name() + "-" + chart.name() + ".svg"), chart.svg());
        }
    }
}
