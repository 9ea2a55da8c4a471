package io.realmwright.deployerpolicy.start;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** The service asks nobody who they are, so it serves its own machine only, and refuses to start on any other address. */
@Component
class LoopbackOnly {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackOnly.class);

    LoopbackOnly(ServerProperties server) {
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException("deployer-policy asks nobody who they are and listens on a loopback address"
                    + " only. Set server.address to one, for example 127.0.0.1.");
        }
        LOG.warn("Everybody on this machine may do everything: no OAuth2 issuer is configured. address={}", address);
    }
}
