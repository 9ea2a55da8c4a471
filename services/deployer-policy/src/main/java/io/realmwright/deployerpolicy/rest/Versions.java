package io.realmwright.deployerpolicy.rest;

import io.realmwright.deployerpolicy.problem.Problem;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

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
        return read(ifMatch);
    }

    /** The version that {@code If-Match} names, empty if the change is meant for any. */
    public static OptionalLong optional(@Nullable String ifMatch) {
        return ifMatch == null || ifMatch.equals("*") ? OptionalLong.empty() : OptionalLong.of(read(ifMatch));
    }

    /** Somebody else was faster. */
    public static ErrorResponseException changed(String kind, String name) {
        return Problem.PRECONDITION_FAILED.because(
                kind + " " + name + " is not at the version that If-Match names any more: read it anew.");
    }

    private static long read(String ifMatch) {
        return ifMatch.matches("\"[0-9]{1,18}\"") ? Long.parseLong(ifMatch, 1, ifMatch.length() - 1, 10) : -1;
    }
}
