package io.realmwright.deployerpolicy.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long an idempotency key is remembered.
 *
 * @param retention after which a key may be used for another request
 */
@ConfigurationProperties("realmwright.idempotency")
public record IdempotencyProperties(Duration retention) {}
