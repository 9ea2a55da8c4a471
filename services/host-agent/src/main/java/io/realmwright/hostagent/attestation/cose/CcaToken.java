package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORInteger;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORTaggedItem;
import io.realmwright.machine.attestation.RealmClaims;
import java.util.List;

/** Platform token and realm token in one collection: of CMW records with RMM 2.0, of bare byte strings with RMM 1.0. */
final class CcaToken {
    private static final int TAG_1_0 = 399;
    private static final int TAG_2_0 = 907;
    private static final int PLATFORM = 44234;
    private static final int REALM = 44241;
    /** application/eat+cwt, as a CoAP content format. */
    private static final int EAT_CWT = 263;

    private CcaToken() {}

    static byte[] of(RealmClaims claims, byte[] platformToken, byte[] realmToken) {
        return switch (claims) {
            case RealmClaims.Rmm1_0 _ ->
                collection(TAG_1_0, new CBORByteArray(platformToken), new CBORByteArray(realmToken));
            case RealmClaims.Rmm2_0 _ -> collection(TAG_2_0, record(platformToken), record(realmToken));
        };
    }

    private static CBORItem record(byte[] token) {
        return new CBORItemList(List.of(new CBORInteger(EAT_CWT), new CBORByteArray(token)));
    }

    private static byte[] collection(int tag, CBORItem platform, CBORItem realm) {
        return new CBORTaggedItem(tag, new CBORPairList(List.of(Claim.of(PLATFORM, platform), Claim.of(REALM, realm))))
                .encode();
    }
}
