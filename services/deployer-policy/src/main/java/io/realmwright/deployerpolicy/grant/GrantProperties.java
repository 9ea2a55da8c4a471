package io.realmwright.deployerpolicy.grant;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How grants are signed.
 *
 * @param keyFile a private P-256 key as JWK
 * @param createKey whether a missing key file is created, readable by its owner only
 * @param timeToLive how long a grant may be used after it was issued
 */
@ConfigurationProperties("realmwright.grant")
public record GrantProperties(
        Path keyFile, @DefaultValue("false") boolean createKey, Duration timeToLive) {}
