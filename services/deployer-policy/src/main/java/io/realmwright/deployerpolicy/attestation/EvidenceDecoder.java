package io.realmwright.deployerpolicy.attestation;

/** Reads tokens. Whatever the bytes are, it answers, and takes no more memory than a token is worth. */
@FunctionalInterface
public interface EvidenceDecoder {
    Decoding decode(byte[] token);
}
