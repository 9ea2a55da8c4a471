package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORPairList;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/** Public keys of P-384 as the RMM encodes them: key type, curve, x, y. */
final class CoseKeys {
    private static final int KEY_TYPE = 1;
    private static final int EC2 = 2;
    private static final int CURVE = -1;
    private static final int P_384 = 2;
    private static final int X = -2;
    private static final int Y = -3;
    private static final int COORDINATE_BYTES = 48;

    private CoseKeys() {}

    static byte[] encode(ECPublicKey key) {
        return new CBORPairList(List.of(
                        Claim.of(KEY_TYPE, EC2),
                        Claim.of(CURVE, P_384),
                        Claim.of(X, coordinate(key.getW().getAffineX())),
                        Claim.of(Y, coordinate(key.getW().getAffineY()))))
                .encode();
    }

    /** Big endian, of fixed length. */
    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] coordinate = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, coordinate, COORDINATE_BYTES - length, length);
        return coordinate;
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
