package io.realmwright.deployerpolicy.attestation.cose;

import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORItemList;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSEException;
import com.authlete.cose.COSEKey;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.realmwright.deployerpolicy.attestation.Decoding;
import io.realmwright.deployerpolicy.attestation.Decoding.Defect;
import io.realmwright.deployerpolicy.attestation.Evidence;
import io.realmwright.deployerpolicy.attestation.EvidenceDecoder;
import io.realmwright.deployerpolicy.attestation.TokenForm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads CCA tokens strictly: in the one encoding, and the one order of claims, in which the reference RMM writes them. */
@Component
class CoseEvidenceDecoder implements EvidenceDecoder {
    /** The buffer that an RMM has for a token. */
    private static final int TOKEN_MAX_BYTES = 4096;

    private static final int TAG_1_0 = 399;
    private static final int TAG_2_0 = 907;
    private static final int PLATFORM = 44234;
    private static final int REALM = 44241;
    /** application/eat+cwt, as a CoAP content format. */
    private static final int EAT_CWT = 263;

    private static final int[] HASH_LENGTHS = {32, 48, 64};
    private static final int CHALLENGE_BYTES = 64;
    private static final int UEID_BYTES = 33;
    private static final int REMS = 4;

    private static final int[] PLATFORM_CLAIMS = {265, 10, 2396, 256, 2401, 2395, 2402, 2400, 2399};
    private static final int VERIFICATION_SERVICE = 2400;
    private static final int COMPONENTS_MAX = 32;
    private static final int[] COMPONENT_CLAIMS = {1, 5, 2, 6};
    private static final int[] REALM_CLAIMS_1_0 = {10, 44235, 44237, 44236, 44240, 265, 44238, 44239};
    private static final int[] REALM_CLAIMS_2_0 = {10, 256, 44235, 44237, 44236, 44240, 44243, 265, 44238, 44239};
    private static final int[] KEY_PARAMETERS = {1, -1, -2, -3};

    @Override
    public Decoding decode(byte[] token) {
        try {
            return new Decoding.Decoded(read(token));
        } catch (MalformedToken e) {
            return new Decoding.Malformed(e.defect(), e.explanation());
        } catch (RuntimeException e) {
            // The bytes come from outside, and the library is not ours: what it stumbles over is no token.
            return new Decoding.Malformed(Defect.NOT_CBOR, "The CBOR library fails at it: " + e);
        }
    }

    private static Evidence read(byte[] token) throws MalformedToken {
        if (token.length > TOKEN_MAX_BYTES) {
            throw new MalformedToken(
                    Defect.TOO_LARGE,
                    "It has " + token.length + " bytes, and a token at most " + TOKEN_MAX_BYTES + ".");
        }
        CBORTaggedItem collection = Items.tagged("The token", Items.decode(token));
        TokenForm form = form(collection);
        Claims tokens =
                Claims.read("The token", Items.map("The token", collection.getTagContent()), Set.of(), PLATFORM, REALM);
        Sign1 platform = Sign1.read("The platform token", nested("The platform token", form, tokens.get(PLATFORM)));
        Sign1 realm = Sign1.read("The realm token", nested("The realm token", form, tokens.get(REALM)));
        return new Evidence(
                form,
                new Evidence.Signed<>(platform(platform), platform.seal()),
                new Evidence.Signed<>(realm(form, realm), realm.seal()));
    }

    private static TokenForm form(CBORTaggedItem collection) throws MalformedToken {
        return switch (collection.getTagNumber().intValue()) {
            case TAG_1_0 -> TokenForm.RMM_1_0;
            case TAG_2_0 -> TokenForm.RMM_2_0;
            default ->
                throw new MalformedToken(
                        Defect.WRONG_TAG,
                        "The token has tag " + collection.getTagNumber() + ", neither " + TAG_1_0 + " nor " + TAG_2_0
                                + ".");
        };
    }

    private static byte[] nested(String what, TokenForm form, CBORItem value) throws MalformedToken {
        return switch (form) {
            case RMM_1_0 -> Items.bytes(what, value);
            case RMM_2_0 -> {
                List<? extends CBORItem> cmw = Items.array(what + "'s record", value, 2);
                int type = Items.integer(what + "'s content format", cmw.get(0));
                if (type != EAT_CWT) {
                    throw new MalformedToken(
                            Defect.WRONG_TYPE, what + " has the content format " + type + ", not " + EAT_CWT + ".");
                }
                yield Items.bytes(what, cmw.get(1));
            }
        };
    }

    private static Evidence.Platform platform(Sign1 token) throws MalformedToken {
        Claims claims =
                Claims.read("The platform token", token.claims(), Set.of(VERIFICATION_SERVICE), PLATFORM_CLAIMS);
        return new Evidence.Platform(
                claims.text(265),
                claims.hex(10, HASH_LENGTHS),
                claims.hex(2396, 32),
                claims.hex(256, UEID_BYTES),
                HexFormat.of().formatHex(claims.bytes(2401)),
                claims.integer(2395),
                claims.text(2402),
                components(claims.name(2399), claims.get(2399)));
    }

    private static List<Evidence.SoftwareComponent> components(String what, CBORItem item) throws MalformedToken {
        if (!(item instanceof CBORItemList list) || list.getItems().size() > COMPONENTS_MAX) {
            throw new MalformedToken(
                    Defect.WRONG_TYPE, what + " is not an array of at most " + COMPONENTS_MAX + " components.");
        }
        List<Evidence.SoftwareComponent> components = new ArrayList<>();
        for (CBORItem element : list.getItems()) {
            Claims claims = Claims.read("A software component", Items.map(what, element), Set.of(), COMPONENT_CLAIMS);
            claims.text(6);
            components.add(new Evidence.SoftwareComponent(
                    claims.text(1), claims.hex(5, HASH_LENGTHS), claims.hex(2, HASH_LENGTHS)));
        }
        return components;
    }

    private static Evidence.Realm realm(TokenForm form, Sign1 token) throws MalformedToken {
        return switch (form) {
            case RMM_1_0 ->
                realm(Claims.read("The realm token", token.claims(), Set.of(), REALM_CLAIMS_1_0), Optional.empty());
            case RMM_2_0 -> {
                Claims claims = Claims.read("The realm token", token.claims(), Set.of(), REALM_CLAIMS_2_0);
                yield realm(
                        claims,
                        Optional.of(new Evidence.Generation2(claims.hex(256, UEID_BYTES), claims.integer(44243))));
            }
        };
    }

    private static Evidence.Realm realm(Claims claims, Optional<Evidence.Generation2> generation2)
            throws MalformedToken {
        byte[] publicKey = claims.bytes(44237);
        String rim = claims.hex(44238, HASH_LENGTHS);
        List<String> rems = new ArrayList<>();
        for (CBORItem rem : claims.array(44239, REMS)) {
            rems.add(Items.hex(claims.name(44239), rem, rim.length() / 2));
        }
        return new Evidence.Realm(
                claims.text(265),
                claims.hex(10, CHALLENGE_BYTES),
                claims.hex(44235, 64),
                HexFormat.of().formatHex(publicKey),
                key(publicKey),
                claims.text(44236),
                claims.text(44240),
                rim,
                rems,
                generation2);
    }

    /** A COSE_Key of P-384, its parameters in the order in which the RMM writes them. */
    private static PublicKey key(byte[] coseKey) throws MalformedToken {
        CBORItem item = Items.decode(coseKey);
        Claims.read("The realm's public key", Items.map("The realm's public key", item), Set.of(), KEY_PARAMETERS);
        try {
            if (COSEKey.build(item).createPublicKey() instanceof ECPublicKey key) {
                // The Java platform makes a key of any two numbers; this also asks whether they lie on the curve.
                return new ECKey.Builder(Curve.P_384, key).build().toECPublicKey();
            }
            throw new MalformedToken(Defect.BAD_KEY, "The realm's public key is of another type.");
        } catch (COSEException | JOSEException | IllegalStateException | IllegalArgumentException e) {
            throw new MalformedToken(Defect.BAD_KEY, "The realm's public key is none: " + e.getMessage());
        }
    }
}
