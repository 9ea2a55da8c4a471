package io.realmwright.deployerpolicy.decision;

import org.jspecify.annotations.Nullable;

/**
 * The smallest change of one field that would have turned a verdict.
 *
 * @param field its path in the request, for example {@code spec.vcpus}; what begins with {@code host} is the host's
 * @param from what it is, null if it is absent
 * @param to what it would have to be, null if it would have to be absent
 * @param rule the rule that would then decide, null if none would
 */
public record Flip(
        String field,
        @Nullable String from,
        @Nullable String to,
        @Nullable String rule) {}
