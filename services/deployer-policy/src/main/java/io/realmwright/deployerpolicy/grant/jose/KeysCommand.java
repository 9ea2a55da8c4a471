package io.realmwright.deployerpolicy.grant.jose;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** {@code keys}: makes the key that signs grants, and the file of public keys that agents need, before either starts. */
public final class KeysCommand {
    public static final String NAME = "keys";
    private static final String USAGE = """
            Usage: keys --out DIRECTORY

            Makes the key pair that binds deployer-policy and its agents:
              DIRECTORY/grant-key.jwk    private, for deployer-policy alone (realmwright.grant.key-file)
              DIRECTORY/grant-keys.jwks  public, for every agent (realmwright.agent.grant-keys)
            Files that are there are never overwritten.
            """;
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;

    public KeysCommand(PrintStream out) {
        this.out = out;
    }

    /** Carries it out and returns the exit code. */
    public int run(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            out.print(USAGE);
            return OK;
        }
        if (arguments.size() != 2 || !arguments.getFirst().equals("--out")) {
            out.print(USAGE);
            return MISUSED;
        }
        return makeIn(Path.of(arguments.getLast()));
    }

    private int makeIn(Path directory) {
        Path privateKey = directory.resolve("grant-key.jwk");
        Path publicKeys = directory.resolve("grant-keys.jwks");
        try {
            if (Files.exists(publicKeys)) {
                throw new FileAlreadyExistsException(publicKeys.toString());
            }
            var keys = new GrantKeys(List.of(NewGrantKey.createAt(privateKey)));
            Files.writeString(publicKeys, keys.publicKeys(), StandardOpenOption.CREATE_NEW);
            out.println(privateKey + ": private, for deployer-policy alone");
            out.println(publicKeys + ": public, for every agent");
            return OK;
        } catch (FileAlreadyExistsException e) {
            out.println(e.getMessage() + " is there already; keys are never overwritten.");
            return FAILED;
        } catch (IOException e) {
            out.println("The keys cannot be written: " + e.getMessage());
            return FAILED;
        }
    }
}
