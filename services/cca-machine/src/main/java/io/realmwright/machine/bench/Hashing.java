package io.realmwright.machine.bench;

import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.HashAlgorithm;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What the hash alone takes: the part of a measurement that no machine can save. */
public final class Hashing {
    /** Bytes of an extension's descriptor. */
    public static final int DESCRIPTOR_BYTES = 0x100;

    private static final int DIGESTS = 256;

    private Hashing() {}

    /** Digests of so many bytes. */
    public static Workload of(HashAlgorithm algorithm, int bytes) {
        MessageDigest digest = digest(algorithm);
        byte[] input = new byte[bytes];
        return Workload.of(() -> {
            for (int i = 0; i < DIGESTS; i++) {
                // Each depends on the one before, as in a chain of extensions.
                digestInPlace(digest, input, algorithm.sizeBytes());
            }
            return DIGESTS;
        });
    }

    /** What populating a measured page makes the machine digest: the page, then the descriptor. */
    public static Workload ofMeasuredPage(HashAlgorithm algorithm) {
        MessageDigest digest = digest(algorithm);
        byte[] page = new byte[Granule.SIZE_BYTES];
        byte[] descriptor = new byte[DESCRIPTOR_BYTES];
        return Workload.of(() -> {
            for (int i = 0; i < DIGESTS; i++) {
                digestInPlace(digest, page, algorithm.sizeBytes());
                digestInPlace(digest, descriptor, algorithm.sizeBytes());
            }
            return DIGESTS;
        });
    }

    private static void digestInPlace(MessageDigest digest, byte[] bytes, int digestBytes) {
        digest.update(bytes);
        try {
            digest.digest(bytes, 0, digestBytes);
        } catch (DigestException e) {
            throw new IllegalStateException("the digest does not fit", e);
        }
    }

    private static MessageDigest digest(HashAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.jcaName(), e);
        }
    }
}
