package io.realmwright.deployerpolicy.attestation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes in hexadecimal digits. */
final class Digests {
    private Digests() {}

    /** The hash of bytes that are written in hexadecimal digits themselves. */
    static String sha256(String hex) {
        return sha256(HexFormat.of().parseHex(hex));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
