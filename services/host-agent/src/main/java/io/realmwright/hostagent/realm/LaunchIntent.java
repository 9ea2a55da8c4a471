package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.grant.Grant;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A launch that is about to begin.
 *
 * @param grant the grant that it uses up, null in open mode
 */
public record LaunchIntent(
        UUID realmId,
        LaunchRequest request,
        String machine,
        UUID bootId,
        @Nullable Grant grant,
        Instant at) {}
