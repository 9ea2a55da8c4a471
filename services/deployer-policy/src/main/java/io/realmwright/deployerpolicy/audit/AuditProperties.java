package io.realmwright.deployerpolicy.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit trail is kept.
 *
 * @param sealInterval pause between two rounds of sealing
 * @param acceptRewritable whether the service starts although its role in the database could change what is sealed
 */
@ConfigurationProperties("realmwright.audit")
public record AuditProperties(
        Duration sealInterval, @DefaultValue("false") boolean acceptRewritable) {}
