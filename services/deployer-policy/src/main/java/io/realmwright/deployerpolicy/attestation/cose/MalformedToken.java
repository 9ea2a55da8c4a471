package io.realmwright.deployerpolicy.attestation.cose;

import io.realmwright.deployerpolicy.attestation.Decoding.Defect;

/** The bytes are no token; thrown and caught in this package only. */
final class MalformedToken extends Exception {
    private static final long serialVersionUID = 1L;

    private final Defect defect;

    MalformedToken(Defect defect, String message) {
        super(message, null, false, false);
        this.defect = defect;
    }

    Defect defect() {
        return defect;
    }

    String explanation() {
        return String.valueOf(getMessage());
    }
}
