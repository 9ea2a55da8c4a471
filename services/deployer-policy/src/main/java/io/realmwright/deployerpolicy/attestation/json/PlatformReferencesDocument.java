package io.realmwright.deployerpolicy.attestation.json;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import io.realmwright.deployerpolicy.attestation.Evidence;
import io.realmwright.deployerpolicy.attestation.PlatformReference;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of platform references: a list of what host-agent, in the place of a maker, calls endorsements. */
record PlatformReferencesDocument(List<Platform> platforms) {
    record Platform(
            @Nullable String machine,
            String implementationId,
            String instanceId,
            String configuration,
            int lifecycle,
            List<Component> softwareComponents,
            Map<String, Object> platformKey,
            @Nullable Boolean simulated) {
        PlatformReference read() {
            try {
                return new PlatformReference(
                        implementationId,
                        instanceId,
                        configuration,
                        lifecycle,
                        softwareComponents.stream()
                                .map(component -> new Evidence.SoftwareComponent(
                                        component.name(), component.signerId(), component.measurement()))
                                .toList(),
                        ECKey.parse(platformKey).toECPublicKey());
            } catch (ParseException | JOSEException e) {
                throw new IllegalArgumentException("the platform key of " + instanceId + " is no EC key", e);
            }
        }
    }

    record Component(String name, String signerId, String measurement) {}
}
