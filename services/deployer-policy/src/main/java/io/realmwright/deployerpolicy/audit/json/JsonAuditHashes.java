package io.realmwright.deployerpolicy.audit.json;

import io.realmwright.deployerpolicy.audit.AuditEntry;
import io.realmwright.deployerpolicy.audit.AuditHashes;
import io.realmwright.deployerpolicy.json.CanonicalJson;
import org.springframework.stereotype.Component;

/** Hashes of entries: SHA-256 of the canonical JSON text of the line without its hash. */
@Component
public final class JsonAuditHashes implements AuditHashes {
    @Override
    public String of(AuditEntry entry) {
        return CanonicalJson.sha256(AuditLine.unhashed(entry));
    }
}
