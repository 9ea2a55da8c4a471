package io.realmwright.deployerpolicy.start;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** As long as nobody says who issues tokens, the service knows no user and serves its own machine only. */
@Component
class LoopbackOnly {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackOnly.class);
    private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    LoopbackOnly(ServerProperties server, Environment environment) {
        InetAddress address = server.getAddress();
        if (environment.containsProperty(ISSUER)) {
            return;
        }
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException(
                    "Without an OAuth2 issuer (" + ISSUER
                            + ") the service knows no users and starts only on a loopback address: set server.address=127.0.0.1.");
        }
        LOG.warn("No OAuth2 issuer is configured: everybody on this machine may do everything. address={}", address);
    }
}
