package io.realmwright.machine.host;

import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import java.util.Optional;

/** Writes tokens into the realm's trace as they are made: a replay has no keys to make them anew. */
final class TracedSigner implements TokenSigner {
    private final TokenSigner firmware;
    private TraceRecorder trace = TraceRecorder.off();

    TracedSigner(TokenSigner firmware) {
        this.firmware = firmware;
    }

    void traceTo(TraceRecorder recorder) {
        trace = recorder;
    }

    @Override
    public Optional<byte[]> sign(RealmClaims claims) {
        Optional<byte[]> token = firmware.sign(claims);
        token.ifPresent(trace::signed);
        return token;
    }
}
