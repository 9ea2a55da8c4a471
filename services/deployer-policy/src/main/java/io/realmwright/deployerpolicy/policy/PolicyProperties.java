package io.realmwright.deployerpolicy.policy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How policies are published.
 *
 * @param fourEyes whether somebody else than its author has to publish a revision
 */
@ConfigurationProperties("realmwright.policy")
public record PolicyProperties(@DefaultValue("false") boolean fourEyes) {}
