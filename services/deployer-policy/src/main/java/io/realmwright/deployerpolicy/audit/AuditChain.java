package io.realmwright.deployerpolicy.audit;

import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a trail entry by entry, in ascending order. */
public final class AuditChain {
    /** After so many findings the rest is not told: it follows from the first ones. */
    private static final int FINDINGS_MAX = 100;

    private final AuditHashes hashes;
    private final List<Head> noted;
    private final List<Finding> findings = new ArrayList<>();
    private Head head = Head.NONE;

    /** @param noted heads of earlier times, which have to be found again */
    public AuditChain(AuditHashes hashes, List<Head> noted) {
        this.hashes = hashes;
        this.noted = List.copyOf(noted);
    }

    /** What is wrong with a trail. */
    public enum Fault {
        /** The entry is not what was hashed. */
        ALTERED,
        /** Entries before this one are missing. */
        MISSING,
        /** The entry before this one is not the one that it was chained to. */
        UNLINKED,
        /** Something else, or nothing, is in the place of an entry that was noted. */
        HEAD_LOST
    }

    /** A fault, and at which entry. */
    public record Finding(long position, Fault fault, String message) {}

    /** What a whole trail came to. */
    public record Report(boolean intact, Head head, List<Finding> findings) {}

    public void next(AuditEntry entry) {
        if (entry.position() != head.position() + 1) {
            found(
                    entry.position(),
                    Fault.MISSING,
                    "Entry " + entry.position() + " follows entry " + head.position() + ".");
        } else if (!entry.previous().equals(head.hash())) {
            found(
                    entry.position(),
                    Fault.UNLINKED,
                    "Entry " + entry.position() + " is chained to " + entry.previous() + ", and the entry before it is "
                            + head.hash() + ".");
        }
        String hash = hashes.of(entry);
        if (!hash.equals(entry.hash())) {
            found(
                    entry.position(),
                    Fault.ALTERED,
                    "Entry " + entry.position() + " hashes to " + hash + ", not to " + entry.hash() + ".");
        }
        head = entry.asHead();
        noted.stream()
                .filter(note ->
                        note.position() == entry.position() && !note.hash().equals(entry.hash()))
                .forEach(note -> lost(note, "holds another entry"));
    }

    /** Ends the check. */
    public Report end() {
        noted.stream().filter(note -> note.position() > head.position()).forEach(note -> lost(note, "is missing"));
        return new Report(findings.isEmpty(), head, List.copyOf(findings));
    }

    private void lost(Head note, String fate) {
        found(
                note.position(),
                Fault.HEAD_LOST,
                "Entry " + note.position() + " was " + note.hash() + " once, and its place " + fate + ".");
    }

    private void found(long position, Fault fault, String message) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(new Finding(position, fault, message));
        }
    }

    /** A head written {@code position:hash}; empty if it is not. */
    public static Optional<Head> parseHead(String text) {
        if (!text.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(new Head(Long.parseLong(text, 0, colon, 10), text.substring(colon + 1)));
    }
}
