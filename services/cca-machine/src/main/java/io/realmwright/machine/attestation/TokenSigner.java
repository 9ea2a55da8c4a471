package io.realmwright.machine.attestation;

import java.util.Optional;

/**
 * The firmware below an RMM, as far as it attests: it holds the keys of one boot, and encodes and signs. The machine
 * itself knows no encoding and no key.
 */
@FunctionalInterface
public interface TokenSigner {
    /** The buffer of an RMM for one token; a longer one is no token. */
    int TOKEN_MAX_BYTES = 4096;

    /** Firmware without keys. */
    TokenSigner NONE = claims -> Optional.empty();

    /** The whole CCA token, platform and realm, of a realm with these claims; empty if it cannot be made. */
    Optional<byte[]> sign(RealmClaims claims);
}
