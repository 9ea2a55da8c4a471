package io.realmwright.machine.cli;

import io.realmwright.machine.trace.Difference;
import io.realmwright.machine.trace.Expectation;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayLimits;
import io.realmwright.machine.trace.ReplayReport;
import io.realmwright.machine.trace.ReplayResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code replay FILE…}: exit 0 if every answer agrees, 1 if one differs, 2 if a file is no trace or compares nothing. */
final class ReplayCommand {
    private static final int EXIT_DIFFERENT = 1;

    private static final String HELP = """
            Usage: java -jar cca-machine.jar replay FILE…

            Plays each trace (JSON lines, plain or gzip) on a fresh machine, compares every recorded answer with the
            machine's, and prints how many answers of each kind were compared.

            Exit status:
              0  every answer agrees
              1  an answer differs; it is printed with file, line, call, expected and actual
              2  a file is missing or no trace, has an unknown key, or holds nothing to compare; or bad usage

            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<Expectation, Long> compared = new EnumMap<>(Expectation.class);
    private long calls;
    private long differing;
    private int unreadable;

    ReplayCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> args) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        for (String arg : args) {
            if (arg.startsWith("-")) {
                err.println("replay has no option " + arg + "; replay --help says how it is used.");
                return Main.EXIT_BAD_INPUT;
            }
        }
        if (args.isEmpty()) {
            err.print(HELP);
            return Main.EXIT_BAD_INPUT;
        }
        for (String file : args) {
            replay(file);
        }
        printTotals(args.size());
        if (unreadable > 0) {
            return Main.EXIT_BAD_INPUT;
        }
        return differing > 0 ? EXIT_DIFFERENT : 0;
    }

    private void replay(String file) {
        try (InputStream trace = Files.newInputStream(Path.of(file))) {
            print(Replay.of(file, trace, ReplayLimits.NONE));
        } catch (NoSuchFileException missing) {
            printUnreadable(file, "no such file");
        } catch (IOException | InvalidPathException noFile) {
            printUnreadable(file, "cannot be read: " + noFile.getMessage());
        }
    }

    private void print(ReplayResult result) {
        ReplayReport report = result.report();
        report.compared().forEach((expectation, count) -> compared.merge(expectation, count, Long::sum));
        calls += report.calls();
        differing += report.differing();
        switch (result) {
            case ReplayResult.Agreed _ ->
                out.println("agrees   " + report.file() + ": " + counted(report.calls(), "call") + ", "
                        + counted(report.comparedTotal(), "answer"));
            case ReplayResult.Differs _ -> printDifferences(report);
            case ReplayResult.Unreadable fault -> {
                if (report.differing() > 0) {
                    printDifferences(report);
                }
                String where = fault.line() == 0 ? report.file() : report.file() + ":" + fault.line();
                printUnreadable(where, fault.reason());
            }
        }
    }

    private void printDifferences(ReplayReport report) {
        out.println("DIFFERS  " + report.file() + ": " + counted(report.calls(), "call") + ", " + report.differing()
                + " of " + counted(report.comparedTotal(), "answer"));
        for (Difference difference : report.differences()) {
            out.println("  " + difference.file() + ":" + difference.line() + ": "
                    + difference.expectation().title() + ", " + difference.call());
            out.println("    expected " + difference.expected());
            out.println("    actual   " + difference.actual());
        }
        if (report.differing() > report.differences().size()) {
            out.println("  and " + (report.differing() - report.differences().size()) + " more");
        }
        if (report.stopped() != null) {
            out.println("  the replay stopped there: " + report.stopped());
        }
    }

    private void printUnreadable(String where, String reason) {
        unreadable++;
        err.println("NO TRACE " + where + ": " + reason);
    }

    private void printTotals(int files) {
        out.println();
        out.println("compared:");
        for (Expectation expectation : Expectation.values()) {
            out.printf("  %-12s %8d%n", expectation.title(), compared.getOrDefault(expectation, 0L));
        }
        long total = compared.values().stream().mapToLong(Long::longValue).sum();
        out.println(counted(files, "file") + ", " + counted(calls, "call") + ", " + counted(total, "answer")
                + " compared, " + differing + " differ, " + counted(unreadable, "file") + " unreadable");
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
