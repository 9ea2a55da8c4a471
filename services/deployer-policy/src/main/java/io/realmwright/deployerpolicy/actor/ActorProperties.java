package io.realmwright.deployerpolicy.actor;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who acts, as long as no issuer of tokens tells.
 *
 * @param header in which a request on a loopback address says who sends it. Nobody checks that: it is worth what the
 *     users of one machine are worth to each other
 */
@ConfigurationProperties("realmwright.actor")
public record ActorProperties(String header) {}
