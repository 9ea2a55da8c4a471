package io.realmwright.deployerpolicy.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param anonymous where callers without a token are served, if no issuer of tokens is configured
 */
@ConfigurationProperties("realmwright.security")
record SecurityProperties(@DefaultValue("loopback") Anonymous anonymous) {
    enum Anonymous {
        /** Only if the service listens on a loopback address; otherwise it does not start. */
        LOOPBACK,
        /** By whoever reaches the service: for a network that nobody else is on. */
        EVERYWHERE
    }
}
