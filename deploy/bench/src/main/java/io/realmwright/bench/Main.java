package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Measures, prints, and writes tables and charts. */
public final class Main {
    private static final int SOAK_FAILED = 1;
    private static final int COULD_NOT_RUN = 2;

    private Main() {}

    /** Exits with 0 if everything could be measured, whether or not goals were met; with 2 otherwise. */
    public static void main(String... arguments) {
        boolean isSoak = arguments.length > 0 && arguments[0].equals("soak");
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(isSoak ? SoakOptions.USAGE : Options.USAGE);
            return;
        }
        try {
            if (isSoak) {
                soak(SoakOptions.parse(Arrays.copyOfRange(arguments, 1, arguments.length)));
                return;
            }
            Options options = Options.parse(arguments);
            for (Benchmark benchmark : options.benchmarks()) {
                var setting = new Setting(options.home(), options.length(), options.scale(), new Progress(System.out));
                Result result = benchmark.run(setting);
                write(options.home().resolve("target/bench"), benchmark.name(), benchmark.summary(), result);
            }
        } catch (LocalRunException | IOException e) {
            System.err.println("realmwright: " + e.getMessage());
            System.exit(COULD_NOT_RUN);
        }
    }

    /** Unlike a benchmark, which only tells, a soak fails. */
    private static void soak(SoakOptions options) throws IOException {
        Result result = Soak.run(options, new Progress(System.out));
        write(options.home().resolve("target/soak"), "soak", "what grows, leaks or gets lost", result);
        if (!result.isMet()) {
            System.exit(SOAK_FAILED);
        }
    }

    private static void write(Path directory, String name, String summary, Result result) throws IOException {
        String table = "%n%s: %s%n%s".formatted(name, summary, result.table());
        System.out.println(table);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".txt"), table);
        for (Chart chart : result.charts()) {
            Files.writeString(directory.resolve(name + "-" + chart.name() + ".svg"), chart.svg());
        }
    }
}
