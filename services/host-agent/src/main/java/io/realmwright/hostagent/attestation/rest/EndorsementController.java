package io.realmwright.hostagent.attestation.rest;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.realmwright.hostagent.attestation.Platform;
import io.realmwright.hostagent.attestation.Platforms;
import io.realmwright.hostagent.machine.rest.MachinePath;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the maker of a simulated platform would publish about it. There is no maker, so the agent does. */
@RestController
class EndorsementController {
    private final MachinePath path;
    private final Platforms platforms;

    EndorsementController(MachinePath path, Platforms platforms) {
        this.path = path;
        this.platforms = platforms;
    }

    @GetMapping("/v1/machines/{machine}/endorsement")
    EndorsementBody get(@PathVariable String machine) {
        return EndorsementBody.of(platforms.of(path.resolve(machine).config()));
    }

    record EndorsementBody(
            String machine,
            String implementationId,
            String instanceId,
            String configuration,
            int lifecycle,
            List<ComponentBody> softwareComponents,
            Map<String, Object> platformKey,
            boolean simulated) {
        static EndorsementBody of(Platform platform) {
            return new EndorsementBody(
                    platform.machine(),
                    hex(platform.implementationId()),
                    hex(platform.instanceId()),
                    hex(platform.configuration()),
                    platform.lifecycle(),
                    platform.softwareComponents().stream()
                            .map(component -> new ComponentBody(
                                    component.name(), hex(component.signerId()), hex(component.measurement())))
                            .toList(),
                    new ECKey.Builder(Curve.P_384, platform.key()).build().toJSONObject(),
                    true);
        }
    }

    record ComponentBody(String name, String signerId, String measurement) {}

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
