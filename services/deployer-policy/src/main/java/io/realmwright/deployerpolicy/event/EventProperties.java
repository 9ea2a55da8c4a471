package io.realmwright.deployerpolicy.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How events are kept and told.
 *
 * @param retention how long an event can be read
 * @param pollInterval how often each replica looks for what the others noted or published
 * @param keepAlive how often a reader to whom nothing happens hears that the stream is still there
 */
@ConfigurationProperties("realmwright.event")
public record EventProperties(Duration retention, Duration pollInterval, Duration keepAlive) {}
