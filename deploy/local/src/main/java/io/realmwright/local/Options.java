package io.realmwright.local;

import io.realmwright.processes.LocalRunException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/**
 * How to run locally.
 *
 * @param home the project's directory, where the services' jars and the examples are
 * @param policyPort where deployer-policy listens on 127.0.0.1, 0 for any free port
 * @param agentPort where host-agent listens on 127.0.0.1, 0 for any free port
 * @param once whether to stop after the table has been printed
 */
record Options(Path home, int policyPort, int agentPort, boolean once) {
    static final String USAGE = """
            Usage: ./realmwright up [--policy-port N] [--agent-port N] [--once]

              --policy-port N  where deployer-policy listens on 127.0.0.1 (8080)
              --agent-port N   where host-agent listens on 127.0.0.1 (8081)
              --once           stop when the table has been printed

            Nothing outlives it: databases, keys and logs are in .realmwright/ and are new at every start.""";

    static Options parse(String... arguments) {
        Path home = Path.of("").toAbsolutePath();
        int policyPort = 8080;
        int agentPort = 8081;
        boolean once = false;
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--home" -> home = Path.of(value(argument, left));
                case "--policy-port" -> policyPort = port(argument, left);
                case "--agent-port" -> agentPort = port(argument, left);
                case "--once" -> once = true;
                default -> throw new LocalRunException("unknown argument " + argument + "\n\n" + USAGE);
            }
        }
        return new Options(home, policyPort, agentPort, once);
    }

    private static String value(String argument, Iterator<String> left) {
        if (!left.hasNext()) {
            throw new LocalRunException(argument + " needs a value\n\n" + USAGE);
        }
        return left.next();
    }

    private static int port(String argument, Iterator<String> left) {
        String value = value(argument, left);
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new LocalRunException(argument + " needs a port, 0 to 65535, not " + value);
        }
        return Integer.parseInt(value);
    }
}
