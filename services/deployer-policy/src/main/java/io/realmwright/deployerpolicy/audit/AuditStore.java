package io.realmwright.deployerpolicy.audit;

import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import io.realmwright.deployerpolicy.audit.AuditEntry.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the audit trail is kept. What is sealed can be read and added to, and nothing else. */
public interface AuditStore {
    void add(Instant at, String actor, AuditEvent event, String subject, Map<String, Object> details);

    /** Makes the caller the only one who seals until its transaction ends; false if somebody else just is. */
    boolean tryLockSealing();

    /** The same, waiting for somebody else. */
    void lockSealing();

    /** The oldest entries that wait to be sealed. */
    List<Pending> pending(int limit);

    /** Keeps entries as sealed in the place of the pending ones that they were. */
    void seal(List<Pending> pending, List<AuditEntry> sealed);

    Optional<Head> head();

    /** Sealed entries in ascending order, from the first after {@code afterPosition}. */
    List<AuditEntry> list(Filter filter, long afterPosition, int limit);

    /** Which entries to list; an empty part lets every entry through. */
    record Filter(Optional<AuditEvent> event, Optional<String> subject) {
        public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());
    }

    /** Whether the role that the service has in the database could change what is sealed. */
    boolean canRewrite();
}
