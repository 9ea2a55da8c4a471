package io.realmwright.deployerpolicy.attestation.cose;

import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORPairList;
import com.authlete.cose.COSEException;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSEVerifier;
import io.realmwright.deployerpolicy.attestation.Decoding.Defect;
import io.realmwright.deployerpolicy.attestation.Evidence;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;

/** A tagged COSE_Sign1 with ES384 and nothing else in its headers. */
record Sign1(CBORPairList claims, Evidence.Seal seal) {
    private static final int TAG = 18;
    private static final int SIGNATURE_BYTES = 96;
    /** {@code {1: -35}}: ES384. */
    private static final String PROTECTED_HEADER = "a1013822";

    static Sign1 read(String what, byte[] bytes) throws MalformedToken {
        var tagged = Items.tagged(what, Items.decode(bytes));
        if (tagged.getTagNumber().intValue() != TAG) {
            throw new MalformedToken(
                    Defect.WRONG_TAG, what + " has tag " + tagged.getTagNumber() + ", not " + TAG + ".");
        }
        List<? extends CBORItem> parts = Items.array(what, tagged.getTagContent(), 4);
        String header = HexFormat.of().formatHex(Items.bytes(what + "'s protected header", parts.get(0)));
        if (!header.equals(PROTECTED_HEADER)) {
            throw new MalformedToken(
                    Defect.WRONG_ALGORITHM, what + " has the protected header " + header + ", not ES384 alone.");
        }
        if (!Items.map(what + "'s unprotected header", parts.get(1)).getPairs().isEmpty()) {
            throw new MalformedToken(Defect.UNPROTECTED_HEADER, what + " has an unprotected header.");
        }
        byte[] payload = Items.bytes(what + "'s payload", parts.get(2));
        Items.hex(what + "'s signature", parts.get(3), SIGNATURE_BYTES);
        COSESign1 message = message(what, tagged.getTagContent());
        return new Sign1(Items.map(what, Items.decode(payload)), key -> verifies(message, key));
    }

    private static COSESign1 message(String what, CBORItem content) throws MalformedToken {
        try {
            return COSESign1.build(content);
        } catch (COSEException e) {
            throw new MalformedToken(Defect.WRONG_TYPE, what + " is no COSE_Sign1: " + e.getMessage());
        }
    }

    private static boolean verifies(COSESign1 message, PublicKey key) {
        try {
            return new COSEVerifier(key).verify(message);
        } catch (COSEException e) {
            return false; // a key of another kind, or a signature that is none, verifies nothing
        }
    }
}
