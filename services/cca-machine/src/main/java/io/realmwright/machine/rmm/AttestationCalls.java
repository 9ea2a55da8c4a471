package io.realmwright.machine.rmm;

import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.spec.Granule;
import java.util.ArrayList;
import java.util.List;

/** RSI_ATTESTATION_TOKEN_INIT and CONTINUE (reference section 9). */
final class AttestationCalls {
    static final int CHALLENGE_BYTES = 64;

    private static final long ERROR_STATE = 2;
    private static final long INCOMPLETE = 3;
    private static final long ERROR_UNKNOWN = 4;

    private final RmmState rmm;
    private final GuestAborts aborts;

    AttestationCalls(RmmState rmm, GuestAborts aborts) {
        this.rmm = rmm;
        this.aborts = aborts;
    }

    /**
     * X1 to X8 are the challenge. A token that was being handed out is forgotten. The claims are those of now: what the
     * guest measures from here on is not in this token.
     */
    boolean init(Rec rec) {
        byte[] token = rmm.signer.sign(claims(rec.realm, challenge(rec.cpu))).orElse(new byte[0]);
        boolean made = token.length > 0 && token.length <= TokenSigner.TOKEN_MAX_BYTES;
        rec.token = made ? token : null;
        rec.tokenBytesTaken = 0;
        return made
                ? RsiCalls.answer(rec, RsiCalls.SUCCESS, TokenSigner.TOKEN_MAX_BYTES, 0)
                : RsiCalls.answer(rec, ERROR_UNKNOWN, 0, 0);
    }

    private static byte[] challenge(VirtualCpu cpu) {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        for (int i = 0; i < challenge.length; i++) {
            challenge[i] = (byte) (cpu.registers[1 + i / Long.BYTES] >> (i % Long.BYTES * Byte.SIZE));
        }
        return challenge;
    }

    private RealmClaims claims(Realm realm, byte[] challenge) {
        List<byte[]> rems = new ArrayList<>();
        for (int slot = 1; slot < Measurement.SLOTS; slot++) {
            rems.add(realm.measurement.read(slot));
        }
        var common = new RealmClaims.Common(
                challenge, realm.rpv, realm.measurement.algorithm(), realm.measurement.read(0), rems);
        return switch (rmm.config.revision()) {
            case RMI_1_0 -> new RealmClaims.Rmm1_0(common);
            case RMI_2_0 -> new RealmClaims.Rmm2_0(common, realm.instanceId, realm.extensions.privateMec());
        };
    }

    /** Writes the next bytes to a place that the guest chooses anew each time, within one page of it. */
    boolean proceed(Rec rec, long ipa, long offset, long size) {
        boolean valid = Granule.isAligned(ipa)
                && rec.realm.isProtected(ipa)
                && Long.compareUnsigned(offset, Granule.SIZE_BYTES) < 0
                && Long.compareUnsigned(size, Granule.SIZE_BYTES - offset) <= 0;
        if (!valid) {
            return RsiCalls.answer(rec, RsiCalls.ERROR_INPUT, 0, 0);
        }
        byte[] token = rec.token;
        if (token == null) {
            return RsiCalls.answer(rec, ERROR_STATE, 0, 0);
        }
        long page = rmm.stage2.translateForRmm(rec.realm, ipa);
        if (page < 0) {
            return aborts.pageMissing(rec, ipa, page);
        }
        int written = (int) Math.min(size, token.length - rec.tokenBytesTaken);
        rmm.memory.write(page + offset, token, rec.tokenBytesTaken, written);
        rec.tokenBytesTaken += written;
        boolean complete = rec.tokenBytesTaken == token.length;
        if (complete) {
            rec.token = null;
        }
        return RsiCalls.answer(rec, complete ? RsiCalls.SUCCESS : INCOMPLETE, written, 0);
    }
}
