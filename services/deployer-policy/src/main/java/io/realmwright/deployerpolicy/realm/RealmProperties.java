package io.realmwright.deployerpolicy.realm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How realms are worked on.
 *
 * @param retryInterval pause before a call is made again that got no clear answer
 * @param reviewInterval pause before a realm without a host is looked at again although no host changed
 */
@ConfigurationProperties("realmwright.realm")
public record RealmProperties(Duration retryInterval, Duration reviewInterval) {}
