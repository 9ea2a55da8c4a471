package io.realmwright.deployerpolicy.attestation;

/** What became of bytes that are said to be a token. */
public sealed interface Decoding {
    record Decoded(Evidence evidence) implements Decoding {}

    /** They are none, or one in a form that no RMM writes. */
    record Malformed(Defect defect, String message) implements Decoding {}

    /** What is wrong with them. */
    enum Defect {
        TOO_LARGE,
        /** More levels, or more items, than any token has. */
        TOO_COMPLEX,
        /** They end in the midst of something, or a length points behind the end. */
        TRUNCATED,
        /** Not well-formed. */
        NOT_CBOR,
        TRAILING_BYTES,
        /** Longer than need be, or of indefinite length: the same claims would have many encodings. */
        NOT_PREFERRED_ENCODING,
        WRONG_TAG,
        WRONG_TYPE,
        WRONG_LENGTH,
        DUPLICATE_CLAIM,
        UNKNOWN_CLAIM,
        MISSING_CLAIM,
        /** The claims are there, in another order than RMM and platform write them. */
        CLAIM_ORDER,
        WRONG_ALGORITHM,
        /** A header that no signature covers says something. */
        UNPROTECTED_HEADER,
        /** The realm's public key is no point of P-384. */
        BAD_KEY
    }
}
