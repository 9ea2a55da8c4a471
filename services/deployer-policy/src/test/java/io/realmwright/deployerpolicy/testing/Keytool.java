package io.realmwright.deployerpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's keytool, on a PKCS#12 store. */
public final class Keytool {
    public static final String PASSWORD = "changeit";

    private Keytool() {}

    /** Carries out a command, such as {@code -importcert} with its options. */
    public static void run(Path store, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(arguments));
        line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Makes a key on P-256 and a certificate for it. */
    public static void generate(Path store, String subject, String... options)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(
                List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + subject));
        arguments.addAll(List.of(options));
        run(store, arguments.toArray(String[]::new));
    }
}
