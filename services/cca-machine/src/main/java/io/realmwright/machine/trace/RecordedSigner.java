package io.realmwright.machine.trace;

import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Firmware that hands out the tokens of a trace, first in first out: its keys are not in the trace. */
final class RecordedSigner implements TokenSigner {
    private final Queue<byte[]> tokens = new ArrayDeque<>();

    void enqueue(byte[] token) {
        tokens.add(token);
    }

    @Override
    public Optional<byte[]> sign(RealmClaims claims) {
        return Optional.ofNullable(tokens.poll());
    }
}
