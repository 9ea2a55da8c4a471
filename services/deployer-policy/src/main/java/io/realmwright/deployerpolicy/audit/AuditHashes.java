package io.realmwright.deployerpolicy.audit;

/** Hashes entries of the audit trail. */
public interface AuditHashes {
    /** SHA-256 of the entry's canonical JSON text without its hash, 64 lower-case hexadecimal digits. */
    String of(AuditEntry entry);
}
