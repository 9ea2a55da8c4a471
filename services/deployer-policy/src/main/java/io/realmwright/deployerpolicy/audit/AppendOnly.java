package io.realmwright.deployerpolicy.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A service that could rewrite its audit trail proves nothing with it, so it does not start unless that is accepted. */
@Component
class AppendOnly {
    private static final Logger LOG = LoggerFactory.getLogger(AppendOnly.class);

    private final AuditStore store;
    private final AuditProperties properties;

    AppendOnly(AuditStore store, AuditProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @EventListener(ApplicationStartedEvent.class)
    void check() {
        if (!store.canRewrite()) {
            return;
        }
        if (!properties.acceptRewritable()) {
            throw new IllegalStateException(
                    "The service's role in the database may change or delete entries of the audit"
                            + " trail. Give spring.flyway.user another role, the owner of the database, or accept it with"
                            + " realmwright.audit.accept-rewritable=true.");
        }
        LOG.warn("The service's role in the database may change or delete entries of the audit trail.");
    }
}
