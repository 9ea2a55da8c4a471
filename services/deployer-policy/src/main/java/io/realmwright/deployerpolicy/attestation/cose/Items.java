package io.realmwright.deployerpolicy.attestation.cose;

import com.authlete.cbor.CBORByteArray;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORDecoderOptions;
import com.authlete.cbor.CBORInteger;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORString;
import com.authlete.cbor.CBORTaggedItem;
import io.realmwright.deployerpolicy.attestation.Decoding.Defect;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** Items of CBOR as what they have to be. */
final class Items {
    /** What a tag means is for the caller to say. */
    private static final CBORDecoderOptions TAGS_AS_THEY_ARE = new CBORDecoderOptions();

    private Items() {}

    /** The one item that the bytes are, after a look that nothing in them is out of bounds. */
    static CBORItem decode(byte[] bytes) throws MalformedToken {
        CborScan.check(bytes);
        try {
            return new CBORDecoder(bytes, TAGS_AS_THEY_ARE).next();
        } catch (IOException e) {
            throw new MalformedToken(Defect.NOT_CBOR, "The CBOR library refuses it: " + e.getMessage());
        }
    }

    static CBORTaggedItem tagged(String what, CBORItem item) throws MalformedToken {
        return as(CBORTaggedItem.class, what, "a tag", item);
    }

    static List<? extends CBORItem> array(String what, CBORItem item, int length) throws MalformedToken {
        List<? extends CBORItem> items =
                as(CBORItemList.class, what, "an array", item).getItems();
        if (items.size() != length) {
            throw new MalformedToken(
                    Defect.WRONG_LENGTH, what + " has " + items.size() + " elements, not " + length + ".");
        }
        return items;
    }

    static CBORPairList map(String what, CBORItem item) throws MalformedToken {
        return as(CBORPairList.class, what, "a map", item);
    }

    static byte[] bytes(String what, CBORItem item) throws MalformedToken {
        return as(CBORByteArray.class, what, "a byte string", item).getValue();
    }

    /** A byte string of one of these lengths, in hexadecimal digits. */
    static String hex(String what, CBORItem item, int... lengths) throws MalformedToken {
        byte[] bytes = bytes(what, item);
        for (int length : lengths) {
            if (bytes.length == length) {
                return HexFormat.of().formatHex(bytes);
            }
        }
        throw new MalformedToken(Defect.WRONG_LENGTH, what + " has " + bytes.length + " bytes.");
    }

    static String text(String what, CBORItem item) throws MalformedToken {
        return as(CBORString.class, what, "a text string", item).getValue();
    }

    static int integer(String what, CBORItem item) throws MalformedToken {
        return as(CBORInteger.class, what, "a small integer", item).getValue();
    }

    private static <T extends CBORItem> T as(Class<T> type, String what, String wanted, CBORItem item)
            throws MalformedToken {
        if (!type.isInstance(item)) {
            throw new MalformedToken(Defect.WRONG_TYPE, what + " is not " + wanted + ".");
        }
        return type.cast(item);
    }
}
