package io.realmwright.hostagent.attestation.cose;

import io.realmwright.hostagent.attestation.Platform;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/** The firmware of one boot: the platform has vouched for its realm key once, and that key vouches for realms. */
final class BootFirmware implements TokenSigner {
    private final byte[] platformToken;
    private final PrivateKey realmKey;
    private final byte[] realmPublicKey;

    BootFirmware(Platform platform, PrivateKey platformKey, KeyPair realmKey) {
        this.realmKey = realmKey.getPrivate();
        this.realmPublicKey = CoseKeys.encode((ECPublicKey) realmKey.getPublic());
        this.platformToken = Sign1.of(PlatformToken.claims(platform, realmPublicKey), platformKey);
    }

    @Override
    public Optional<byte[]> sign(RealmClaims claims) {
        byte[] realmToken = Sign1.of(RealmToken.claims(claims, realmPublicKey), realmKey);
        return Optional.of(CcaToken.of(claims, platformToken, realmToken));
    }
}
