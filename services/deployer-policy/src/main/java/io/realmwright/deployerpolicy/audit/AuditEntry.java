package io.realmwright.deployerpolicy.audit;

import java.time.Instant;

/**
 * A sealed entry of the audit trail.
 *
 * @param position from 1, without a gap
 * @param subject what it is about, for example {@code realm/first}
 * @param details a JSON object in its canonical text
 * @param previous the hash of the entry before it, {@link Head#NONE}'s for the first
 * @param hash over everything else in the entry
 */
public record AuditEntry(
        long position,
        Instant at,
        String actor,
        String event,
        String subject,
        String details,
        String previous,
        String hash) {
    /** An entry that waits to be sealed. */
    public record Pending(long id, Instant at, String actor, String event, String subject, String details) {}

    /** The end of the trail at some time. Whoever has noted one can tell later whether the trail was cut before it. */
    public record Head(long position, String hash) {
        public static final Head NONE = new Head(0, "0".repeat(64));
    }

    public Head asHead() {
        return new Head(position, hash);
    }

    static AuditEntry after(Head head, Pending pending, AuditHashes hashes) {
        var open = new AuditEntry(
                head.position() + 1,
                pending.at(),
                pending.actor(),
                pending.event(),
                pending.subject(),
                pending.details(),
                head.hash(),
                "");
        return open.sealed(hashes.of(open));
    }

    private AuditEntry sealed(String itsHash) {
        return new AuditEntry(position, at, actor, event, subject, details, previous, itsHash);
    }
}
