package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.Host;
import java.time.Instant;
import java.util.UUID;

/**
 * A launch that nobody wants any more and that its host may carry out, or have carried out, nevertheless.
 *
 * @param address where the host was when the launch was sent, since it may be registered no longer
 * @param attempts how often it got no clear answer
 */
public record Revocation(UUID launch, String host, Host.Address address, Instant createdAt, int attempts) {}
