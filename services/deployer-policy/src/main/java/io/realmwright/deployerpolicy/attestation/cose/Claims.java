package io.realmwright.deployerpolicy.attestation.cose;

import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORPair;
import com.authlete.cbor.CBORPairList;
import io.realmwright.deployerpolicy.attestation.Decoding.Defect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A map of claims with small integers as keys. */
final class Claims {
    private final String of;
    private final Map<Integer, CBORItem> byKey;

    private Claims(String of, Map<Integer, CBORItem> byKey) {
        this.of = of;
        this.byKey = byKey;
    }

    /**
     * The claims, if they are just these, in this order.
     *
     * @param optional those of {@code order} that need not be there
     */
    static Claims read(String of, CBORPairList map, Set<Integer> optional, int... order) throws MalformedToken {
        Map<Integer, CBORItem> byKey = new LinkedHashMap<>();
        for (CBORPair pair : map.getPairs()) {
            int key = Items.integer("A key of " + of, pair.getKey());
            if (byKey.put(key, pair.getValue()) != null) {
                throw new MalformedToken(Defect.DUPLICATE_CLAIM, of + " has claim " + key + " twice.");
            }
        }
        for (int key : byKey.keySet()) {
            if (IntStream.of(order).noneMatch(known -> known == key)) {
                throw new MalformedToken(Defect.UNKNOWN_CLAIM, of + " has claim " + key + ", which is not known.");
            }
        }
        for (int key : order) {
            if (!byKey.containsKey(key) && !optional.contains(key)) {
                throw new MalformedToken(Defect.MISSING_CLAIM, of + " lacks claim " + key + ".");
            }
        }
        List<Integer> expected =
                IntStream.of(order).boxed().filter(byKey::containsKey).toList();
        if (!expected.equals(List.copyOf(byKey.keySet()))) {
            throw new MalformedToken(
                    Defect.CLAIM_ORDER,
                    of + " has the claims " + byKey.keySet() + ", not " + expected + " in this order.");
        }
        return new Claims(of, byKey);
    }

    CBORItem get(int key) throws MalformedToken {
        CBORItem item = byKey.get(key);
        if (item == null) {
            throw new MalformedToken(Defect.MISSING_CLAIM, of + " lacks claim " + key + ".");
        }
        return item;
    }

    String hex(int key, int... lengths) throws MalformedToken {
        return Items.hex(name(key), get(key), lengths);
    }

    byte[] bytes(int key) throws MalformedToken {
        return Items.bytes(name(key), get(key));
    }

    String text(int key) throws MalformedToken {
        return Items.text(name(key), get(key));
    }

    int integer(int key) throws MalformedToken {
        return Items.integer(name(key), get(key));
    }

    List<? extends CBORItem> array(int key, int length) throws MalformedToken {
        return Items.array(name(key), get(key), length);
    }

    String name(int key) {
        return of + " claim " + key;
    }
}
