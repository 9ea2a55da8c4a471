package io.realmwright.deployerpolicy.realm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How realms are worked on.
 *
 * @param retryInterval the longest first pause before a call is made again that got no clear answer
 * @param retryIntervalMax the longest of those pauses, each of which is up to twice as long as the one before
 * @param reviewInterval pause before a realm without a host is looked at again although no host changed
 * @param revokeFor how long a host is told that a launch is void before it is taken for dead
 */
@ConfigurationProperties("realmwright.realm")
public record RealmProperties(
        Duration retryInterval, Duration retryIntervalMax, Duration reviewInterval, Duration revokeFor) {}
