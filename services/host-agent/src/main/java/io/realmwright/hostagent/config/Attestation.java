package io.realmwright.hostagent.config;

import io.realmwright.hostagent.attestation.AttestationKeys;
import io.realmwright.hostagent.attestation.cose.SimulatedFirmware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the machines attest with. */
@Configuration
class Attestation {
    @Bean
    SimulatedFirmware firmware(AgentProperties properties) {
        return new SimulatedFirmware(new AttestationKeys(properties.attestationSeed()));
    }
}
