package io.realmwright.machine.attestation;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.List;

/** What the RMM says about a realm in its token, at the moment of RSI_ATTESTATION_TOKEN_INIT (reference section 9). */
public sealed interface RealmClaims {
    Common common();

    /** What RMMs of every revision say. */
    record Rmm1_0(Common common) implements RealmClaims {}

    /**
     * What RMM 2.0 says.
     *
     * @param instanceId 32 bytes that the RMM drew when the realm was created
     * @param privateMec whether the realm has a memory encryption context of its own
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rmm2_0(Common common, byte[] instanceId, boolean privateMec) implements RealmClaims {
        public Rmm2_0 {
            instanceId = instanceId.clone();
        }

        @Override
        public byte[] instanceId() {
            return instanceId.clone();
        }
    }

    /**
     * The claims that both have.
     *
     * @param challenge 64 bytes that the guest passed
     * @param personalizationValue the RPV, 64 bytes
     * @param rems REM 1 to 4
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Common(
            byte[] challenge, byte[] personalizationValue, HashAlgorithm hashAlgorithm, byte[] rim, List<byte[]> rems) {
        public Common {
            challenge = challenge.clone();
            personalizationValue = personalizationValue.clone();
            rim = rim.clone();
            rems = rems.stream().map(byte[]::clone).toList();
        }

        @Override
        public byte[] challenge() {
            return challenge.clone();
        }

        @Override
        public byte[] personalizationValue() {
            return personalizationValue.clone();
        }

        @Override
        public byte[] rim() {
            return rim.clone();
        }

        @Override
        public List<byte[]> rems() {
            return rems.stream().map(byte[]::clone).toList();
        }
    }
}
