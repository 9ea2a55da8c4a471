package io.realmwright.hostagent.config;

import io.realmwright.hostagent.grant.GrantGate;
import io.realmwright.hostagent.grant.GrantVerifier;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may launch on this agent. */
@Configuration
class Gatekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeping.class);

    /** @throws IOException if there is a file of grant keys and it cannot be used */
    @Bean
    GrantGate grantGate(AgentProperties properties, Clock clock) throws IOException {
        if (properties.grantKeys() != null) {
            return new GrantVerifier(properties.hostName(), properties.grantKeys(), clock, properties.grantSkew());
        }
        LOG.atWarn()
                .addKeyValue("property", "realmwright.agent.grant-keys")
                .log("OPEN MODE: no grant keys are set, so whoever reaches this agent may launch without a grant");
        return GrantGate.OPEN;
    }
}
