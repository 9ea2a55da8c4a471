package io.realmwright.local;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** {@code deploy/smoke}: runs the main job on an installation that is there, and compares its table with the known one. */
final class Smoke {
    static final String NAME = "smoke";

    /** What the main job comes to wherever it runs. */
    static final String EXPECTED = "deploy/examples/table.txt";

    private static final String USAGE = """
            Usage: deploy/smoke [--url URL] [--token-file FILE] [--keep]

            Runs the main job on a running deployer-policy and compares the table with deploy/examples/table.txt.
            The installation needs a host of each profile: v14, init-ripas and v10, each with its name as label host.

              --url URL          of deployer-policy (http://127.0.0.1:8080)
              --token-file FILE  a token with the scopes realm:read realm:write policy:write policy:publish
              --keep             leave the realms where they are

            Exit 0: the tables are equal. 1: they differ, and where. 2: the job could not be run.
            """;
    private static final long PREFIXES = (long) Math.pow(Character.MAX_RADIX, 5);
    private static final int EQUAL = 0;
    private static final int DIFFERENT = 1;
    private static final int NOT_RUN = 2;

    private Smoke() {}

    private record Options(URI url, String token, boolean keep, Path home) {}

    /** Returns the exit code. */
    static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(USAGE);
            return EQUAL;
        }
        try {
            return run(parse(arguments));
        } catch (LocalRunException | IOException | IllegalArgumentException e) {
            System.err.println("smoke: " + e.getMessage());
            return NOT_RUN;
        }
    }

    private static Options parse(List<String> arguments) throws IOException {
        URI url = URI.create("http://127.0.0.1:8080");
        String token = "";
        boolean keep = false;
        Path home = Path.of("").toAbsolutePath();
        Iterator<String> left = arguments.iterator();
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--url" -> url = URI.create(value(argument, left));
                case "--token-file" ->
                    token = Files.readString(Path.of(value(argument, left))).strip();
                case "--keep" -> keep = true;
                case "--home" -> home = Path.of(value(argument, left));
                default -> throw new LocalRunException("unknown argument " + argument + "\n\n" + USAGE);
            }
        }
        return new Options(url, token, keep, home);
    }

    private static String value(String argument, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new LocalRunException(argument + " needs a value\n\n" + USAGE);
        }
        return left.next();
    }

    private static int run(Options options) throws IOException {
        var progress = new Progress(System.out);
        String prefix = freshPrefix();
        var job = new MainJob(new Api(options.url(), options.token()), options.home(), prefix, progress);
        try {
            String actual = Table.of(job.run());
            String expected = Files.readString(options.home().resolve(EXPECTED));
            List<String> differences = differences(expected, actual);
            System.out.print(actual);
            System.out.println();
            differences.forEach(System.out::println);
            progress.say(differences.isEmpty() ? "the table is the known one" : "the table is another one");
            return differences.isEmpty() ? EQUAL : DIFFERENT;
        } finally {
            if (!options.keep()) {
                job.cleanUp();
            }
        }
    }

    /** Realms of an earlier run may still be on their way out; names of realms are short. */
    private static String freshPrefix() {
        long seconds = System.currentTimeMillis() / 1000;
        return "s" + Long.toString(seconds % PREFIXES, Character.MAX_RADIX) + "-";
    }

    private static List<String> differences(String expected, String actual) {
        List<String> known = expected.lines().toList();
        List<String> seen = actual.lines().toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(known.size(), seen.size()); i++) {
            String wanted = i < known.size() ? known.get(i) : "";
            String got = i < seen.size() ? seen.get(i) : "";
            if (!wanted.equals(got)) {
                differences.add("line " + (i + 1) + "\n- " + wanted + "\n+ " + got);
            }
        }
        return differences;
    }
}
