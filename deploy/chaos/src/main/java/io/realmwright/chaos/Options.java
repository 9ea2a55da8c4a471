package io.realmwright.chaos;

import io.realmwright.processes.LocalRunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What to do.
 *
 * @param home the project's directory
 * @param seed everything that is drawn by lot is drawn from it
 * @param length for how long rounds are begun
 * @param previous the jar of another release of deployer-policy, of which one replica is to run beside ours
 */
record Options(Path home, long seed, Duration length, Optional<Path> previous) {
    static final String USAGE = """
            Usage: ./realmwright chaos [--seed N] [--minutes M] [--previous JAR]

              --seed N        from which faults and load are drawn (1)
              --minutes M     for how long rounds of trouble are begun (3)
              --previous JAR  a deployer-policy of an earlier release, as one of the two replicas: a rolling update

            Runs two replicas of deployer-policy and two host-agents on one durable PostgreSQL, each behind a proxy that can
            be slow or cut off. Each round loads them with realms and injects faults at random moments, then lets everything
            recover, and checks that no realm is lost, leaked or launched twice. The seed makes the same faults in the same
            order; at which moment of the services' work they hit differs from run to run. Logs are in .realmwright-chaos/.""";

    static Options parse(String... arguments) {
        Path home = Path.of("").toAbsolutePath();
        long seed = 1;
        Duration length = Duration.ofMinutes(3);
        Optional<Path> previous = Optional.empty();
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--home" -> home = Path.of(value(argument, left));
                case "--seed" -> seed = number(argument, left);
                case "--minutes" -> length = Duration.ofMinutes(number(argument, left));
                case "--previous" -> previous = Optional.of(Path.of(value(argument, left)));
                default -> throw new LocalRunException("unknown argument " + argument + "\n\n" + USAGE);
            }
        }
        return new Options(home, seed, length, previous);
    }

    private static String value(String argument, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new LocalRunException(argument + " needs a value\n\n" + USAGE);
        }
        return left.next();
    }

    private static long number(String argument, Iterator<String> left) {
        String value = value(argument, left);
        if (!value.matches("[0-9]{1,9}")) {
            throw new LocalRunException(argument + " needs a number, not " + value);
        }
        return Long.parseLong(value);
    }
}
