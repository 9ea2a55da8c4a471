package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSEException;
import com.authlete.cose.COSEProtectedHeader;
import com.authlete.cose.COSEProtectedHeaderBuilder;
import com.authlete.cose.COSESign1Builder;
import com.authlete.cose.COSESigner;
import com.authlete.cose.SigStructure;
import com.authlete.cose.SigStructureBuilder;
import com.authlete.cose.constants.COSEAlgorithms;
import java.security.PrivateKey;

/** Claims as a tagged COSE_Sign1 with ES384, in the order in which they are given. */
final class Sign1 {
    private static final int TAG = 18;

    private Sign1() {}

    static byte[] of(CBORPairList claims, PrivateKey key) {
        COSEProtectedHeader header =
                new COSEProtectedHeaderBuilder().alg(COSEAlgorithms.ES384).build();
        byte[] payload = claims.encode();
        SigStructure signed = new SigStructureBuilder()
                .signature1()
                .bodyAttributes(header)
                .payload(payload)
                .build();
        try {
            byte[] signature = new COSESigner(key).sign(signed, COSEAlgorithms.ES384);
            var message = new COSESign1Builder()
                    .protectedHeader(header)
                    .payload(payload)
                    .signature(signature)
                    .build();
            return new CBORTaggedItem(TAG, message).encode();
        } catch (COSEException e) {
            throw new IllegalStateException("a key of P-384 signs with ES384", e);
        }
    }
}
