package io.realmwright.deployerpolicy.audit;

import io.realmwright.deployerpolicy.audit.AuditChain.Fault;
import io.realmwright.deployerpolicy.audit.AuditChain.Finding;
import io.realmwright.deployerpolicy.audit.AuditChain.Report;
import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Reading the audit trail and checking it. Both seal first, so that what is committed is seen. */
@Service
public class Auditing {
    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);
    private static final int AT_ONCE = 1_000;

    private final AuditStore store;
    private final AuditSealer sealer;
    private final AuditHashes hashes;

    Auditing(AuditStore store, AuditSealer sealer, AuditHashes hashes) {
        this.store = store;
        this.sealer = sealer;
        this.hashes = hashes;
    }

    public List<AuditEntry> list(AuditStore.Filter filter, long afterPosition, int limit) {
        sealer.seal();
        return store.list(filter, afterPosition, limit);
    }

    /** Hands out every entry after a position in ascending order. */
    public void export(long afterPosition, Consumer<AuditEntry> reader) {
        sealer.seal();
        long after = afterPosition;
        List<AuditEntry> read = store.list(AuditStore.Filter.ALL, after, AT_ONCE);
        while (!read.isEmpty()) {
            read.forEach(reader);
            after = read.getLast().position();
            read = store.list(AuditStore.Filter.ALL, after, AT_ONCE);
        }
    }

    /**
     * Checks every entry.
     *
     * @param noted a head of an earlier time; what this process has sealed itself has to be found again as
     *     well
     */
    public Report verify(Optional<Head> noted) {
        Head sealedHere = sealer.sealedHere();
        List<Head> heads = Stream.concat(noted.stream(), Stream.of(sealedHere))
                .filter(head -> head.position() > 0)
                .distinct()
                .toList();
        var chain = new AuditChain(hashes, heads);
        export(0, chain::next);
        Report report = chain.end();
        if (report.findings().stream().anyMatch(finding -> isCertain(finding, sealedHere))) {
            LOG.error("The audit trail was tampered with. findings={}", report.findings());
        } else if (!report.intact()) {
            LOG.warn("The audit trail does not have the head that a caller noted. findings={}", report.findings());
        }
        return report;
    }

    /** A head that only the caller knows of may never have been this trail's. */
    private static boolean isCertain(Finding finding, Head sealedHere) {
        return finding.fault() != Fault.HEAD_LOST || finding.position() == sealedHere.position();
    }

    /** Notes in the log, which leaves the database's reach, how far the trail is. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void noteHead() {
        store.head()
                .ifPresent(head -> LOG.info(
                        "This is the head of the audit trail. position={} hash={}", head.position(), head.hash()));
    }
}
