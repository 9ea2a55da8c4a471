package io.realmwright.deployerpolicy.grant;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How grants are signed.
 *
 * @param keyFile private P-256 keys: a JWK, a JWK set, or a PKCS#12 key store if its name ends with {@code .p12}. It may be
 *     replaced at any time
 * @param keyPassword of a PKCS#12 key store and its keys
 * @param createKey whether a missing key file is created, readable by its owner only
 * @param timeToLive how long a grant may be used after it was issued
 */
@ConfigurationProperties("realmwright.grant")
public record GrantProperties(
        Path keyFile,
        @DefaultValue("") String keyPassword,
        @DefaultValue("false") boolean createKey,
        Duration timeToLive) {}
