package io.realmwright.deployerpolicy.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/** Keys with certificates for 127.0.0.1, and a store of those that are trusted. */
public final class Certificates {
    private static final String TRUSTED = "trusted";

    private final Path folder;

    public Certificates(Path folder) {
        this.folder = folder;
    }

    /** Makes a key and its certificate. */
    public Certificates issue(String name) throws IOException, InterruptedException {
        Keytool.generate(file(name), name, "-alias", name, "-ext", "san=ip:127.0.0.1", "-validity", "2");
        return this;
    }

    /** The same, and everybody believes it. */
    public Certificates issueTrusted(String name) throws IOException, InterruptedException {
        issue(name);
        String file = folder.resolve(name + ".crt").toString();
        Keytool.run(file(name), "-exportcert", "-alias", name, "-file", file);
        Keytool.run(file(TRUSTED), "-importcert", "-noprompt", "-alias", name, "-file", file);
        return this;
    }

    private Path file(String store) {
        return folder.resolve(store + ".p12");
    }

    /** Shows the certificate of this name, or none, and believes those that are trusted. */
    public SSLContext context(@Nullable String name) {
        JksSslStoreDetails key = name == null ? null : store(name);
        return SslBundle.of(new JksSslStoreBundle(key, store(TRUSTED))).createSslContext();
    }

    private JksSslStoreDetails store(String name) {
        return new JksSslStoreDetails("PKCS12", null, "file:" + file(name), Keytool.PASSWORD);
    }

    /** The same as settings of a service, as the bundle {@code service}. */
    public List<String> settings(String name) {
        String bundle = "--spring.ssl.bundle.jks.service.";
        return List.of(
                bundle + "keystore.location=file:" + file(name),
                bundle + "keystore.type=PKCS12",
                bundle + "keystore.password=" + Keytool.PASSWORD,
                bundle + "truststore.location=file:" + file(TRUSTED),
                bundle + "truststore.type=PKCS12",
                bundle + "truststore.password=" + Keytool.PASSWORD);
    }
}
