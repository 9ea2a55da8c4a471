package io.realmwright.deployerpolicy.security;

import io.realmwright.deployerpolicy.actor.Actors;
import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts refusals on the audit trail, equal ones of a few seconds as one entry with their number: whoever is refused must not
 * be able to fill the trail, nor wait for the database.
 */
@Component
class RefusalTrail {
    private static final int KINDS_MAX = 1_000;
    private static final int PATH_MAX = 200;
    private static final String MANY = "…";

    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private Map<Kind, Integer> noted = new HashMap<>();

    RefusalTrail(AuditTrail trail, PlatformTransactionManager transactions) {
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Refusals that are told together. */
    private record Kind(String actor, String address, int status, String method, String path) {}

    synchronized void note(HttpServletRequest request, int status) {
        Principal principal = request.getUserPrincipal();
        String path = request.getRequestURI();
        var kind = new Kind(
                principal == null ? Actors.ANONYMOUS : principal.getName(),
                request.getRemoteAddr(),
                status,
                request.getMethod(),
                path.substring(0, Math.min(path.length(), PATH_MAX)));
        boolean full = noted.size() >= KINDS_MAX && !noted.containsKey(kind);
        noted.merge(full ? new Kind(MANY, MANY, status, MANY, MANY) : kind, 1, Integer::sum);
    }

    @PreDestroy
    @Scheduled(fixedDelayString = "PT2S")
    void record() {
        Map<Kind, Integer> taken = take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(_ -> taken.forEach(this::record));
        } catch (RuntimeException e) {
            giveBack(taken); // the database is away: they are recorded once it is back
            throw e;
        }
    }

    private void record(Kind kind, int times) {
        trail.record(
                AuditEvent.REFUSED,
                kind.actor(),
                "address/" + kind.address(),
                new Details()
                        .with("status", kind.status())
                        .with("method", kind.method())
                        .with("path", kind.path())
                        .with("times", times));
    }

    private synchronized Map<Kind, Integer> take() {
        Map<Kind, Integer> taken = noted;
        noted = new HashMap<>();
        return taken;
    }

    private synchronized void giveBack(Map<Kind, Integer> taken) {
        taken.forEach((kind, times) -> noted.merge(kind, times, Integer::sum));
    }
}
