package io.realmwright.machine.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Dispatches the sub-commands. */
public final class Main {
    /** Bad usage, or input that cannot be worked with. */
    static final int EXIT_BAD_INPUT = 2;

    private static final String HELP = """
            Usage: java -jar cca-machine.jar COMMAND [ARGUMENT…]

            A simulated Arm CCA machine.

            Commands:
              replay FILE…   play recorded traces on fresh machines and compare every answer
              bench          time the machine's operations beside figures of the reference RMM

            Options:
              --help         this text; COMMAND --help says more about a command
              --version      the version

            """;

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(args), out, err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.isEmpty()) {
            err.print(HELP);
            return EXIT_BAD_INPUT;
        }
        List<String> rest = args.subList(1, args.size());
        return switch (args.getFirst()) {
            case "replay" -> new ReplayCommand(out, err).run(rest);
            case "bench" -> new BenchCommand(out, err).run(rest);
            case "--help", "-h" -> print(out, HELP);
            case "--version" -> print(out, "cca-machine " + version() + System.lineSeparator());
            default -> {
                err.println("Unknown command " + args.getFirst() + "; --help lists them.");
                yield EXIT_BAD_INPUT;
            }
        };
    }

    private static int print(PrintStream out, String text) {
        out.print(text);
        return 0;
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
