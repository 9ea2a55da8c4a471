package io.realmwright.deployerpolicy.rest;

import io.realmwright.deployerpolicy.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Versions of entities as entity tags. */
public final class Versions {
    private Versions() {}

    public static String etag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** The version that {@code If-Match} names; -1, which none has, if it names something else. */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw Problem.PRECONDITION_REQUIRED.because(
                    "Name the version that the change is meant for: If-Match with the ETag of an earlier answer.");
        }
        return ifMatch.matches("\"[0-9]{1,18}\"") ? Long.parseLong(ifMatch, 1, ifMatch.length() - 1, 10) : -1;
    }
}
