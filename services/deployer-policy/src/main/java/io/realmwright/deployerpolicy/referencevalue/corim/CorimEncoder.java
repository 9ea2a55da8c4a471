package io.realmwright.deployerpolicy.referencevalue.corim;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORInteger;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORLong;
import com.authlete.cbor.CBORPair;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORString;
import com.authlete.cbor.CBORTaggedItem;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValueEncoder;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValueSet;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValueSet.Measurements;
import io.realmwright.machine.spec.HashAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * An unsigned CoRIM with a CoMID for each RIM (draft-ietf-rats-corim), by the profile for realms of Arm CCA
 * (draft-ydb-rats-cca-endorsements): a realm is identified by its RIM, and its measurements are digests.
 */
@Component
class CorimEncoder implements ReferenceValueEncoder {
    static final String PROFILE = "tag:arm.com,2025:cca_realm#1.0.0";

    private static final int TAG_EPOCH_TIME = 1;
    private static final int TAG_URI = 32;
    private static final int TAG_CORIM = 501;
    private static final int TAG_COMID = 506;
    private static final int TAG_BYTES = 560;

    private static final int CORIM_ID = 0;
    private static final int CORIM_TAGS = 1;
    private static final int CORIM_PROFILE = 3;
    private static final int CORIM_VALIDITY = 4;
    private static final int CORIM_ENTITIES = 5;
    private static final int NOT_BEFORE = 0;
    private static final int NOT_AFTER = 1;
    private static final int ENTITY_NAME = 0;
    private static final int ENTITY_ROLES = 2;
    private static final int MANIFEST_CREATOR = 1;
    private static final String CREATOR = "realmwright (simulated machines)";

    private static final int COMID_IDENTITY = 1;
    private static final int COMID_TRIPLES = 4;
    private static final int TAG_ID = 0;
    private static final int REFERENCE_TRIPLES = 0;
    private static final int ENVIRONMENT_CLASS = 0;
    private static final int CLASS_ID = 0;
    private static final int MEASUREMENT_KEY = 0;
    private static final int MEASUREMENT_VALUES = 1;
    private static final int DIGESTS = 2;

    @Override
    public byte[] encode(ReferenceValueSet values) {
        CBORItem corim = map(
                pair(
                        CORIM_ID,
                        new CBORString("realmwright/policies/" + values.policy() + "/revisions/" + values.revision()
                                + "/realms/" + values.realm())),
                pair(
                        CORIM_TAGS,
                        array(values.measurements().stream()
                                .map(measurements -> comid(values, measurements))
                                .toList())),
                pair(CORIM_PROFILE, new CBORTaggedItem(TAG_URI, new CBORString(PROFILE))),
                pair(
                        CORIM_VALIDITY,
                        map(pair(NOT_BEFORE, time(values.notBefore())), pair(NOT_AFTER, time(values.notAfter())))),
                pair(
                        CORIM_ENTITIES,
                        array(List.of(map(
                                pair(ENTITY_NAME, new CBORString(CREATOR)),
                                pair(ENTITY_ROLES, array(List.of(new CBORInteger(MANIFEST_CREATOR)))))))));
        return new CBORTaggedItem(TAG_CORIM, corim).encode();
    }

    private static CBORItem comid(ReferenceValueSet values, Measurements measurements) {
        CBORItem environment = map(pair(
                ENVIRONMENT_CLASS, map(pair(CLASS_ID, new CBORTaggedItem(TAG_BYTES, bytes(measurements.rim()))))));
        CBORItem comid = map(
                pair(COMID_IDENTITY, map(pair(TAG_ID, new CBORString(values.digest() + "/" + measurements.rim())))),
                pair(
                        COMID_TRIPLES,
                        map(pair(
                                REFERENCE_TRIPLES,
                                array(List.of(array(List.of(environment, array(measurements(measurements))))))))));
        return new CBORTaggedItem(TAG_COMID, new CBORByteArray(comid.encode()));
    }

    /** The profile counts REMs from 0. */
    private static List<CBORItem> measurements(Measurements measurements) {
        List<CBORItem> maps = new ArrayList<>();
        maps.add(measurement("cca.rim", measurements.algorithm(), measurements.rim()));
        for (int i = 0; i < measurements.rems().size(); i++) {
            maps.add(measurement(
                    "cca.rem" + i, measurements.algorithm(), measurements.rems().get(i)));
        }
        return maps;
    }

    private static CBORItem measurement(String key, HashAlgorithm algorithm, String digest) {
        CBORItem pairOfDigest = array(List.of(new CBORString(algorithm.registeredName()), bytes(digest)));
        return map(
                pair(MEASUREMENT_KEY, new CBORString(key)),
                pair(MEASUREMENT_VALUES, map(pair(DIGESTS, array(List.of(pairOfDigest))))));
    }

    private static CBORItem time(Instant instant) {
        return new CBORTaggedItem(TAG_EPOCH_TIME, new CBORLong(instant.getEpochSecond()));
    }

    private static CBORItem bytes(String hex) {
        return new CBORByteArray(HexFormat.of().parseHex(hex));
    }

    private static CBORItem array(List<? extends CBORItem> items) {
        return new CBORItemList(items);
    }

    private static CBORItem map(CBORPair... pairs) {
        return new CBORPairList(List.of(pairs));
    }

    private static CBORPair pair(int key, CBORItem value) {
        return new CBORPair(new CBORInteger(key), value);
    }
}
