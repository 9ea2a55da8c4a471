package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What to measure.
 *
 * @param home the project's directory
 * @param benchmarks in the order in which they are run
 * @param length of each measurement
 * @param scale how large a fleet to measure, 1 for the goals
 */
record Options(Path home, List<Benchmark> benchmarks, Duration length, double scale) {
    static final String USAGE = """
            Usage: ./realmwright bench [NAME…] [--seconds S] [--scale X]

            %s

              --seconds S   how long each measurement takes (20)
              --scale X     a smaller or larger fleet than the goals are about (1)

            Without a name all of them are run. Everything runs on this machine and its cores: services, agents, PostgreSQL
            with fsync and synchronous_commit on, and the load. Tables and SVG charts go to target/bench/. The machines are
            simulated; the figures are measured.""".formatted(Benchmark.all().stream()
            .map(benchmark -> "  %-12s  %s".formatted(benchmark.name(), benchmark.summary()))
            .collect(Collectors.joining("\n")));

    static Options parse(String... arguments) {
        Path home = Path.of("").toAbsolutePath();
        List<Benchmark> benchmarks = new ArrayList<>();
        Duration length = Duration.ofSeconds(20);
        double scale = 1;
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--home" -> home = Path.of(value(argument, left));
                case "--seconds" -> length = Duration.ofSeconds((long) number(argument, left));
                case "--scale" -> scale = number(argument, left);
                default -> benchmarks.add(named(argument));
            }
        }
        return new Options(home, benchmarks.isEmpty() ? Benchmark.all() : benchmarks, length, scale);
    }

    private static Benchmark named(String name) {
        return Benchmark.all().stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LocalRunException("unknown benchmark " + name + "\n\n" + USAGE));
    }

    private static String value(String argument, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new LocalRunException(argument + " needs a value\n\n" + USAGE);
        }
        return left.next();
    }

    private static double number(String argument, Iterator<String> left) {
        String value = value(argument, left);
        if (!value.matches("[0-9]{1,5}([.][0-9]{1,3})?") || Double.parseDouble(value) <= 0) {
            throw new LocalRunException(argument + " needs a number above zero, not " + value);
        }
        return Double.parseDouble(value);
    }
}
