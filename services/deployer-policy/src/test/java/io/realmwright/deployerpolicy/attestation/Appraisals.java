package io.realmwright.deployerpolicy.attestation;

import static io.realmwright.deployerpolicy.testing.TokenForge.bytes;
import static io.realmwright.deployerpolicy.testing.TokenForge.filled;
import static io.realmwright.deployerpolicy.testing.TokenForge.hex;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.attestation.cose.Decoders;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.deployerpolicy.testing.TokenForge.Draft;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.PersonalizationValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Tokens, what is expected of them, and how they are appraised. */
final class Appraisals {
    static final TokenForge FORGE = new TokenForge();
    static final HashAlgorithm SHA_256 = HashAlgorithm.SHA_256;
    static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    static final HostProfile INIT_RIPAS = HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS;
    static final HostProfile V10 = HostProfile.RMM_1_0_KVM_RME_V10;

    private Appraisals() {}

    static RealmClaims claims(HostProfile profile, HashAlgorithm algorithm) {
        var common = TokenForge.common(algorithm);
        return profile == V10
                ? new RealmClaims.Rmm1_0(common)
                : new RealmClaims.Rmm2_0(common, filled(0x55, 32), false);
    }

    static Expectations expectations(HostProfile profile, HashAlgorithm algorithm) {
        var common = TokenForge.common(algorithm);
        return new Expectations(
                hex(common.challenge()),
                profile,
                algorithm,
                new PersonalizationValue(hex(common.personalizationValue())),
                Optional.of(new Expectations.Measured(
                        hex(common.rim()),
                        common.rems().stream().map(TokenForge::hex).toList())),
                Set.of());
    }

    private static PlatformReferences reference(TokenForge forge) {
        var reference = new PlatformReference(
                TokenForge.IMPLEMENTATION_ID,
                forge.instanceId(),
                TokenForge.CONFIGURATION,
                TokenForge.LIFECYCLE,
                List.of(
                        new Evidence.SoftwareComponent("firmware", TokenForge.SIGNER, TokenForge.FIRMWARE),
                        new Evidence.SoftwareComponent("RMM", TokenForge.SIGNER, TokenForge.RMM)),
                forge.platformPublicKey());
        return (implementationId, instanceId) -> Optional.of(reference)
                .filter(known -> known.implementationId().equals(implementationId)
                        && known.instanceId().equals(instanceId));
    }

    static Appraisal appraise(byte[] token, Expectations expectations) {
        return switch (Decoders.cose().decode(token)) {
            case Decoding.Malformed malformed -> Appraisal.of(malformed);
            case Decoding.Decoded(var evidence) -> {
                var claims = evidence.platform().claims();
                yield Appraisal.of(
                        evidence, reference(FORGE).find(claims.implementationId(), claims.instanceId()), expectations);
            }
        };
    }

    /** A good token of init-ripas, altered before it is signed. */
    static Appraisal appraise(Consumer<Draft> alteration) {
        Draft draft = FORGE.draft(claims(INIT_RIPAS, SHA_256));
        alteration.accept(draft);
        return appraise(TokenForge.token(draft), expectations(INIT_RIPAS, SHA_256));
    }

    /** REMs of SHA-256, each filled with a value. */
    static CBORObject rems(int... values) {
        var rems = CBORObject.NewArray();
        for (int value : values) {
            rems.Add(bytes(filled(value, 32)));
        }
        return rems;
    }
}
