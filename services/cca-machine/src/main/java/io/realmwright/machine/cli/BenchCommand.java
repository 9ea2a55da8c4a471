package io.realmwright.machine.cli;

import io.realmwright.machine.bench.Hashing;
import io.realmwright.machine.bench.Operation;
import io.realmwright.machine.bench.Stopwatch;
import io.realmwright.machine.bench.WholeRealms;
import io.realmwright.machine.bench.Workload;
import io.realmwright.machine.spec.HashAlgorithm;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench}: what each operation takes here, beside what it takes the reference RMM. */
final class BenchCommand {
    private static final String HELP = """
            Usage: java -jar cca-machine.jar bench [OPTION…]

            Times the machine's operations on this computer, in nanoseconds, beside recorded figures of the reference RMM
            (TF-RMM built for x86-64, tuned: one C thread on a 2-core Xeon virtual machine, timed in November 2026).
            Here: the median of many runs, all operations warmed up before the first is timed. The computers are not
            the same, so the ratio tells an order of size; figures drift by a factor of two on a shared machine.

            Options:
              --only TEXT      only operations whose name contains TEXT; no whole realms
              --seconds N      how long each operation is timed, 0.1 to 60 (default 1)

            """;

    private static final double SECONDS_MIN = 0.1;
    private static final double SECONDS_MAX = 60;
    private static final int IDLE_REALMS = 10_000;
    private static final int IDLE_REALM_PAGES = 16;
    private static final double MIB = 1 << 20;

    private final PrintStream out;
    private final PrintStream err;
    private String only = "";
    private double seconds = 1;

    BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> args) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        if (!accept(args)) {
            err.print(HELP);
            return Main.EXIT_BAD_INPUT;
        }
        List<Operation> operations = Operation.all().stream()
                .filter(each -> each.name().contains(only))
                .toList();
        if (operations.isEmpty()) {
            err.println("No operation's name contains \"" + only + "\".");
            return Main.EXIT_BAD_INPUT;
        }
        printOperations(operations);
        if (only.isEmpty()) {
            printWholeRealms();
        }
        return 0;
    }

    private boolean accept(List<String> args) {
        for (int i = 0; i < args.size(); i += 2) {
            if (i + 1 == args.size()) {
                return false;
            }
            String value = args.get(i + 1);
            switch (args.get(i)) {
                case "--only" -> only = value;
                case "--seconds" -> {
                    seconds = secondsOf(value);
                    if (!(seconds >= SECONDS_MIN && seconds <= SECONDS_MAX)) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** NaN if the text is no number. */
    private static double secondsOf(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void printOperations(List<Operation> operations) {
        out.println("warming up " + operations.size() + " operations");
        Map<Operation, Workload> workloads = new LinkedHashMap<>();
        operations.forEach(each -> workloads.put(each, each.workload().get()));
        // Nobody profits from a compiler that has seen nothing else yet.
        var warmUp = new Stopwatch(duration());
        workloads.values().forEach(warmUp::nanosPerOperation);
        print("%n%-50s %12s %12s %9s %7s%n", "operation", "reference ns", "here ns", "ratio", "goal");
        var stopwatch = new Stopwatch(duration());
        workloads.forEach((operation, workload) -> printOperation(operation, stopwatch.nanosPerOperation(workload)));
        print("%nhash alone%n");
        for (HashAlgorithm algorithm : HashAlgorithm.values()) {
            printHash(algorithm, "256 bytes, an extension", Hashing.of(algorithm, Hashing.DESCRIPTOR_BYTES));
            printHash(algorithm, "4 KiB and 256 bytes, a measured page", Hashing.ofMeasuredPage(algorithm));
        }
    }

    private void printOperation(Operation operation, double nanos) {
        double ratio = operation.referenceNanos() / nanos;
        print(
                "%-50s %12.1f %12.1f %8.1fx %6.1fx %s%n",
                operation.name(),
                operation.referenceNanos(),
                nanos,
                ratio,
                operation.goal(),
                ratio >= operation.goal() ? "met" : "missed");
    }

    private void printHash(HashAlgorithm algorithm, String what, Workload digests) {
        var stopwatch = new Stopwatch(duration());
        stopwatch.nanosPerOperation(digests);
        print("%-63s %12.1f%n", algorithm.jcaName() + " of " + what, stopwatch.nanosPerOperation(digests));
    }

    private void printWholeRealms() {
        Workload launch = WholeRealms.launch();
        var stopwatch = new Stopwatch(duration().multipliedBy(5));
        stopwatch.nanosPerOperation(launch);
        double launchMillis = stopwatch.nanosPerOperation(launch) / 1e6;
        double hashMillis = new Stopwatch(duration()).nanosPerOperation(Hashing.ofMeasuredPage(HashAlgorithm.SHA_256))
                * WholeRealms.IMAGE_PAGES
                / 1e6;
        print("%nwhole realms on the simulated host, without a trace%n");
        print("%-63s %9.2f ms%n", "launch, 256 MiB, 16 MiB measured (SHA-256); goal 15 ms", launchMillis);
        print("%-63s %9.2f ms%n", "  of which the hash alone", hashMillis);
        print(
                "%-63s %9.3f MiB%n",
                "heap of a 1 TiB realm declared in blocks; goal 1 MiB", WholeRealms.terabyteRealmBytes() / MIB);
        print(
                "%-63s %9.1f MiB%n",
                "heap of 10,000 idle realms of 256 MiB; goal 512 MiB",
                WholeRealms.idleRealmBytes(IDLE_REALMS, 0) * (double) IDLE_REALMS / MIB);
        print(
                "%-63s %9.1f MiB%n",
                "  the same with 64 KiB of contents in each",
                WholeRealms.idleRealmBytes(IDLE_REALMS, IDLE_REALM_PAGES) * (double) IDLE_REALMS / MIB);
    }

    private Duration duration() {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
