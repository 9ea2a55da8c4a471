package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORPairList;
import io.realmwright.hostagent.attestation.Platform;
import java.util.List;

/** What a platform says of itself, with the hash of the key that it vouches for as its challenge. */
final class PlatformToken {
    private static final String PROFILE = "tag:arm.com,2023:cca_platform#1.0.0";
    private static final String HASH_ALGORITHM = "sha-256";

    private static final int COMPONENT_NAME = 1;
    private static final int COMPONENT_MEASUREMENT = 2;
    private static final int COMPONENT_SIGNER_ID = 5;
    private static final int COMPONENT_HASH_ALGORITHM = 6;

    private PlatformToken() {}

    static CBORPairList claims(Platform platform, byte[] realmKey) {
        return new CBORPairList(List.of(
                Claim.of(Claim.PROFILE, PROFILE),
                Claim.of(Claim.CHALLENGE, CoseKeys.sha256(realmKey)),
                Claim.of(Claim.PLATFORM_IMPLEMENTATION_ID, platform.implementationId()),
                Claim.of(Claim.INSTANCE_ID, platform.instanceId()),
                Claim.of(Claim.PLATFORM_CONFIGURATION, platform.configuration()),
                Claim.of(Claim.PLATFORM_LIFECYCLE, platform.lifecycle()),
                Claim.of(Claim.PLATFORM_HASH_ALGORITHM, HASH_ALGORITHM),
                Claim.of(
                        Claim.PLATFORM_SOFTWARE_COMPONENTS,
                        new CBORItemList(platform.softwareComponents().stream()
                                .map(PlatformToken::component)
                                .toList()))));
    }

    private static CBORPairList component(Platform.SoftwareComponent component) {
        return new CBORPairList(List.of(
                Claim.of(COMPONENT_NAME, component.name()),
                Claim.of(COMPONENT_SIGNER_ID, component.signerId()),
                Claim.of(COMPONENT_MEASUREMENT, component.measurement()),
                Claim.of(COMPONENT_HASH_ALGORITHM, HASH_ALGORITHM)));
    }
}
