package io.realmwright.deployerpolicy.host;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hosts are reached.
 *
 * @param pollInterval how often every host is asked; the hosts take turns within it
 * @param pollsAtOnce how many hosts are asked at the same time
 * @param goneAfter after how long a silence the realms of a host are given up
 * @param connectTimeout for every call to an agent
 * @param readTimeout for calls that an agent answers from what it knows
 * @param launchTimeout for calls that launch, run or tear down a realm, or carry an image
 * @param sslBundle the SSL bundle whose certificate is shown to agents and whose authorities agents are held to; null for
 *     no certificate and the authorities of the Java runtime
 * @param configured hosts that need no registration by REST
 */
@ConfigurationProperties("realmwright.host")
public record HostProperties(
        Duration pollInterval,
        int pollsAtOnce,
        Duration goneAfter,
        Duration connectTimeout,
        Duration readTimeout,
        Duration launchTimeout,
        @Nullable String sslBundle,
        @DefaultValue List<Configured> configured) {
    public HostProperties {
        if (pollsAtOnce < 1) {
            throw new IllegalArgumentException("realmwright.host.polls-at-once is at least 1");
        }
        configured = List.copyOf(configured);
    }

    /** A host that the configuration registers. */
    public record Configured(
            String name,
            URI agentUrl,
            String machine,
            @Nullable String agentName,
            @DefaultValue Map<String, String> labels) {}
}
