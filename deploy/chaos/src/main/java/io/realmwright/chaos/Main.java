package io.realmwright.chaos;

import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.util.Arrays;

/** Starts a run of chaos. */
public final class Main {
    private static final int BROKEN_PROMISES = 1;
    private static final int COULD_NOT_RUN = 2;

    private Main() {}

    /** Exits with 0 if every promise was kept, with 1 if one was not, with 2 if there was no run. */
    public static void main(String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Report report = ChaosRun.run(Options.parse(arguments), new Progress(System.out));
            System.out.print(report.table());
            System.exit(report.isClean() ? 0 : BROKEN_PROMISES);
        } catch (LocalRunException e) {
            System.err.println("realmwright: " + e.getMessage());
            System.exit(COULD_NOT_RUN);
        }
    }
}
