package io.realmwright.machine.host;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.RunPage;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The host's end of a guest's attestation step. A guest that asks for a challenge waits until somebody has one; what it
 * then hands over in parts is its token, as far as the host can tell.
 */
final class TokenExchange {
    private static final int CHALLENGE_WORDS = 8;
    private static final int PART_BYTES_MAX = 30 * Long.BYTES;

    private final Kernel kernel;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private @Nullable Vcpu waiting;
    private long @Nullable [] challenge;
    private boolean underWay;
    private @Nullable TokenAnswer answer;

    TokenExchange(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Wants a token for a challenge of 64 bytes. */
    void begin(byte[] bytes) {
        long[] words = new long[CHALLENGE_WORDS];
        for (int i = 0; i < CHALLENGE_WORDS * Long.BYTES; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
        }
        challenge = words;
        answer = null;
        if (waiting != null) {
            handOver(waiting, words);
        }
    }

    /** What the guest made of the last challenge; null while it is at it. */
    @Nullable
    TokenAnswer answer() {
        return answer;
    }

    /** No guest of this realm is going to take the challenge. */
    void withdraw() {
        challenge = null;
    }

    /** A vCPU that waits for a challenge is not run. */
    boolean keepsWaiting(Vcpu vcpu) {
        return vcpu.equals(waiting);
    }

    /** Serves a host call with one of the two immediates of {@link GuestStep.Attest}; any other is none of its business. */
    void serve(Vcpu vcpu) {
        long imm = exit(vcpu, RunPage.HOST_CALL_IMM);
        if (imm == GuestStep.Attest.AWAIT_CHALLENGE) {
            finish(exit(vcpu, RunPage.GPRS));
            waiting = vcpu;
            if (challenge != null) {
                handOver(vcpu, challenge);
            }
        } else if (imm == GuestStep.Attest.TOKEN_PART && underWay) {
            take(vcpu);
        }
    }

    /** The guest asks for the next challenge, so the token of the one before is whole, or failed. */
    private void finish(long status) {
        if (underWay) {
            underWay = false;
            answer = status == 0 ? new TokenAnswer.Made(parts.toByteArray()) : new TokenAnswer.RefusedByRmm(status);
        }
    }

    private void handOver(Vcpu vcpu, long[] words) {
        kernel.pages.write(vcpu.runPage, RunPage.ENTER_GPRS, words);
        waiting = null;
        challenge = null;
        underWay = true;
        parts.reset();
    }

    private void take(Vcpu vcpu) {
        long length = exit(vcpu, RunPage.GPRS);
        if (length < 0 || length > PART_BYTES_MAX || parts.size() + length > TokenSigner.TOKEN_MAX_BYTES) {
            underWay = false;
            answer = new TokenAnswer.TooLong();
            return;
        }
        for (int i = 0; i < length; i++) {
            int word = 1 + i / Long.BYTES;
            parts.write((int) (exit(vcpu, RunPage.GPRS + word * Long.BYTES) >> (i % Long.BYTES * Byte.SIZE)));
        }
    }

    private long exit(Vcpu vcpu, int field) {
        return kernel.pages.read(vcpu.runPage, RunPage.EXIT + field);
    }
}
