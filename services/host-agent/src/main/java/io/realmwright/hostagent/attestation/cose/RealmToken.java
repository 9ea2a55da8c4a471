package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORPair;
import com.authlete.cbor.CBORPairList;
import io.realmwright.machine.attestation.RealmClaims;
import java.util.ArrayList;
import java.util.List;

/** What the RMM says of a realm, in the order in which the reference RMM writes it. */
final class RealmToken {
    private static final String PROFILE_1_0 = "tag:arm.com,2023:realm#1.0.0";
    private static final String PROFILE_2_0 = "tag:arm.com,2024:realm#2.0.0";
    private static final String PUBLIC_KEY_HASH = "sha-256";
    private static final byte RANDOM_UEID = 1;
    private static final int MEC_SHARED = 0;
    private static final int MEC_PRIVATE = 1;

    private RealmToken() {}

    /** @param realmKey the public half of the key that signs, as an encoded COSE_Key */
    static CBORPairList claims(RealmClaims realm, byte[] realmKey) {
        return new CBORPairList(
                switch (realm) {
                    case RealmClaims.Rmm1_0(var common) -> claims1_0(common, realmKey);
                    case RealmClaims.Rmm2_0(var common, byte[] instanceId, boolean privateMec) ->
                        claims2_0(common, realmKey, instanceId, privateMec);
                });
    }

    private static List<CBORPair> claims1_0(RealmClaims.Common realm, byte[] realmKey) {
        List<CBORPair> claims = new ArrayList<>();
        claims.add(Claim.of(Claim.CHALLENGE, realm.challenge()));
        addIdentity(claims, realm, realmKey);
        claims.add(Claim.of(Claim.PROFILE, PROFILE_1_0));
        addMeasurements(claims, realm);
        return claims;
    }

    private static List<CBORPair> claims2_0(
            RealmClaims.Common realm, byte[] realmKey, byte[] instanceId, boolean privateMec) {
        List<CBORPair> claims = new ArrayList<>();
        claims.add(Claim.of(Claim.CHALLENGE, realm.challenge()));
        claims.add(Claim.of(Claim.INSTANCE_ID, ueid(instanceId)));
        addIdentity(claims, realm, realmKey);
        claims.add(Claim.of(Claim.REALM_MEC_POLICY, privateMec ? MEC_PRIVATE : MEC_SHARED));
        claims.add(Claim.of(Claim.PROFILE, PROFILE_2_0));
        addMeasurements(claims, realm);
        return claims;
    }

    private static byte[] ueid(byte[] random) {
        byte[] ueid = new byte[1 + random.length];
        ueid[0] = RANDOM_UEID;
        System.arraycopy(random, 0, ueid, 1, random.length);
        return ueid;
    }

    private static void addIdentity(List<CBORPair> claims, RealmClaims.Common realm, byte[] realmKey) {
        claims.add(Claim.of(Claim.REALM_PERSONALIZATION_VALUE, realm.personalizationValue()));
        claims.add(Claim.of(Claim.REALM_PUBLIC_KEY, realmKey));
        claims.add(Claim.of(Claim.REALM_HASH_ALGORITHM, realm.hashAlgorithm().registeredName()));
        claims.add(Claim.of(Claim.REALM_PUBLIC_KEY_HASH_ALGORITHM, PUBLIC_KEY_HASH));
    }

    private static void addMeasurements(List<CBORPair> claims, RealmClaims.Common realm) {
        claims.add(Claim.of(Claim.REALM_INITIAL_MEASUREMENT, realm.rim()));
        claims.add(Claim.of(
                Claim.REALM_EXTENSIBLE_MEASUREMENTS,
                new CBORItemList(realm.rems().stream().map(CBORByteArray::new).toList())));
    }
}
