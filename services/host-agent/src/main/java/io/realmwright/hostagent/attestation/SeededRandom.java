package io.realmwright.hostagent.attestation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** The bytes SHA-512(SHA-512(label) || 0), SHA-512(SHA-512(label) || 1), …: secret as long as the label is. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] key;
    private long block;
    private byte[] left = new byte[0];

    SeededRandom(String... label) {
        this.key = sha512().digest(String.join("\0", label).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        ByteBuffer wanted = ByteBuffer.wrap(bytes);
        while (wanted.hasRemaining()) {
            if (left.length == 0) {
                MessageDigest digest = sha512();
                digest.update(key);
                left = digest.digest(
                        ByteBuffer.allocate(Long.BYTES).putLong(block++).array());
            }
            int taken = Math.min(left.length, wanted.remaining());
            wanted.put(left, 0, taken);
            left = ByteBuffer.allocate(left.length - taken)
                    .put(left, taken, left.length - taken)
                    .array();
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
