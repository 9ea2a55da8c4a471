package io.realmwright.hostagent.attestation.cose;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORInteger;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORPair;
import com.authlete.cbor.CBORString;

/** The keys of CCA tokens (reference section 9), and pairs made with them. */
final class Claim {
    static final int CHALLENGE = 10;
    static final int INSTANCE_ID = 256;
    static final int PROFILE = 265;

    static final int PLATFORM_LIFECYCLE = 2395;
    static final int PLATFORM_IMPLEMENTATION_ID = 2396;
    static final int PLATFORM_SOFTWARE_COMPONENTS = 2399;
    static final int PLATFORM_CONFIGURATION = 2401;
    static final int PLATFORM_HASH_ALGORITHM = 2402;

    static final int REALM_PERSONALIZATION_VALUE = 44235;
    static final int REALM_HASH_ALGORITHM = 44236;
    static final int REALM_PUBLIC_KEY = 44237;
    static final int REALM_INITIAL_MEASUREMENT = 44238;
    static final int REALM_EXTENSIBLE_MEASUREMENTS = 44239;
    static final int REALM_PUBLIC_KEY_HASH_ALGORITHM = 44240;
    static final int REALM_MEC_POLICY = 44243;

    private Claim() {}

    static CBORPair of(int key, byte[] value) {
        return of(key, new CBORByteArray(value));
    }

    static CBORPair of(int key, String value) {
        return of(key, new CBORString(value));
    }

    static CBORPair of(int key, int value) {
        return of(key, new CBORInteger(value));
    }

    static CBORPair of(int key, CBORItem value) {
        return new CBORPair(new CBORInteger(key), value);
    }
}
