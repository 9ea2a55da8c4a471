package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;

/**
 * How to soak.
 *
 * @param home the project's directory
 * @param rate realms that are begun each second
 */
record SoakOptions(Path home, Duration length, int rate) {
    /** Shorter runs end before the compilers and caches have settled. */
    static final Duration JUDGED = Duration.ofMinutes(5);

    static final String USAGE = """
            Usage: ./realmwright soak [--minutes M] [--rate R]

              --minutes M   how long (20)
              --rate R      realms each second that are created, run, read and deleted (50)

            Both services, four simulated machines, PostgreSQL and the load run on this machine; two readers follow the
            events all the while. The table says what each service takes: resident memory, heap right after a collection,
            threads, open files; how the database and its tables grow (decisions, events and the audit trail are kept, so
            they do), and how long realms take. It goes to target/soak/, with charts.

            Exit 1: a realm did not boot or did not go, an answer was 5xx, a granule leaked or was not given back, or memory
            is not flat. Flat means: a straight line through the last two thirds of the samples rises by no more than a tenth
            of their mean and 8 MiB, for heap and resident memory of each service. In less than five minutes warming up hides
            the trend, so there it is told and not judged. Exit 2: it could not be run.""";

    static SoakOptions parse(String... arguments) {
        Path home = Path.of("").toAbsolutePath();
        double minutes = 20;
        int rate = 50;
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            if (!left.hasNext()) {
                throw new LocalRunException(argument + " is unknown or needs a value\n\n" + USAGE);
            }
            String value = left.next();
            switch (argument) {
                case "--home" -> home = Path.of(value);
                case "--minutes" -> minutes = number(argument, value);
                case "--rate" -> rate = Math.max(1, (int) number(argument, value));
                default -> throw new LocalRunException("unknown option " + argument + "\n\n" + USAGE);
            }
        }
        return new SoakOptions(home, Duration.ofMillis((long) (minutes * 60_000)), rate);
    }

    private static double number(String argument, String value) {
        if (!value.matches("[0-9]{1,4}([.][0-9]{1,3})?") || Double.parseDouble(value) <= 0) {
            throw new LocalRunException(argument + " needs a number above zero, not " + value);
        }
        return Double.parseDouble(value);
    }
}
