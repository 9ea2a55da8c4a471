package io.realmwright.deployerpolicy.attestation;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What tokens are appraised against.
 *
 * @param platformReferences a JSON file with what the makers of platforms say about them, read anew when it changes; without
 *     one no platform is known, and no realm can be attested
 * @param referenceValuesValidity how long exported reference values may be used without asking again
 */
@ConfigurationProperties("realmwright.attestation")
public record AttestationProperties(@Nullable Path platformReferences, Duration referenceValuesValidity) {}
