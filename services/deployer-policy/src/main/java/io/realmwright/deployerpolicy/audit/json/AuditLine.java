package io.realmwright.deployerpolicy.audit.json;

import io.realmwright.deployerpolicy.audit.AuditEntry;
import io.realmwright.deployerpolicy.json.CanonicalJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An entry as JSON: a line of an export, and what is hashed.
 *
 * @param at as {@link Instant} writes it
 * @param hash null in the text that is hashed
 */
public record AuditLine(
        long position,
        String at,
        String actor,
        String event,
        String subject,
        JsonNode details,
        String previous,
        @Nullable String hash) {
    public static AuditLine of(AuditEntry entry) {
        return of(entry, entry.hash());
    }

    /** The entry without its hash. */
    static AuditLine unhashed(AuditEntry entry) {
        return of(entry, null);
    }

    private static AuditLine of(AuditEntry entry, @Nullable String hash) {
        return new AuditLine(
                entry.position(),
                entry.at().toString(),
                entry.actor(),
                entry.event(),
                entry.subject(),
                CanonicalJson.read(entry.details()),
                entry.previous(),
                hash);
    }

    /**
     * The entry that the line tells of.
     *
     * @throws RuntimeException if it lacks something or its time is no time
     */
    public AuditEntry entry() {
        return new AuditEntry(
                position,
                Instant.parse(present(at)),
                present(actor),
                present(event),
                present(subject),
                CanonicalJson.of(present(details)),
                present(previous),
                present(hash));
    }

    /** A line of a file may lack what the type promises. */
    private static <T> T present(@Nullable T member) {
        if (member == null) {
            throw new IllegalArgumentException("a member is missing");
        }
        return member;
    }
}
