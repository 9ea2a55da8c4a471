package io.realmwright.hostagent.grant;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a grant: a compact JWS by which the deployer permits exactly one launch. What is in doubt is refused. */
public final class GrantVerifier implements GrantGate {
    private static final Logger LOG = LoggerFactory.getLogger(GrantVerifier.class);
    private static final JOSEObjectType TYPE = new JOSEObjectType("realmwright-grant+jwt");

    /** Nothing but the three parts, so that the text that is hashed into the RPV is the text that was signed. */
    private static final Pattern COMPACT = Pattern.compile("[\\w-]{1,1024}\\.[\\w-]{1,8192}\\.[\\w-]{1,128}");

    private final String hostName;
    private final GrantKeys keys;
    private final Clock clock;
    private final Duration skew;

    /**
     * @param hostName the name under which grants address this agent
     * @param keyFile a JWKS with the deployer's public keys
     * @param skew how far the deployer's clock and ours may be apart
     * @throws IOException if the file cannot be used
     */
    public GrantVerifier(String hostName, Path keyFile, Clock clock, Duration skew) throws IOException {
        this.hostName = hostName;
        this.keys = new GrantKeys(keyFile);
        this.clock = clock;
        this.skew = skew;
        LOG.atInfo()
                .addKeyValue("file", keyFile)
                .addKeyValue("keys", keys.size())
                .log("Launches need a grant signed with one of these keys");
    }

    @Override
    public GrantVerdict check(@Nullable String compactJws, GrantSubject subject) {
        if (compactJws == null) {
            return new GrantVerdict.Refused(GrantRefusal.MISSING);
        }
        if (!COMPACT.matcher(compactJws).matches()) {
            return new GrantVerdict.Refused(GrantRefusal.MALFORMED);
        }
        try {
            var jws = SignedJWT.parse(compactJws);
            var refusal = signatureRefusal(jws);
            return refusal.isPresent() ? new GrantVerdict.Refused(refusal.get()) : judge(jws, compactJws, subject);
        } catch (ParseException e) {
            return new GrantVerdict.Refused(GrantRefusal.MALFORMED);
        }
    }

    private GrantVerdict judge(SignedJWT jws, String compactJws, GrantSubject subject) throws ParseException {
        var claims = GrantClaims.of(jws.getJWTClaimsSet());
        return GrantRules.firstBroken(
                        new GrantRules.Presented(claims, compactJws, hostName, subject, clock.instant(), skew))
                .<GrantVerdict>map(GrantVerdict.Refused::new)
                .orElseGet(() -> new GrantVerdict.Permitted(claims.grant()));
    }

    private Optional<GrantRefusal> signatureRefusal(SignedJWT jws) {
        var header = jws.getHeader();
        if (!TYPE.equals(header.getType())) {
            return Optional.of(GrantRefusal.WRONG_TYPE);
        }
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of(GrantRefusal.WRONG_ALGORITHM);
        }
        try {
            var key = header.getKeyID() == null ? Optional.<ECKey>empty() : keys.find(header.getKeyID());
            if (key.isEmpty()) {
                return Optional.of(GrantRefusal.UNKNOWN_KEY);
            }
            if (!GrantKeys.isValid(key.get(), clock.instant(), skew)) {
                return Optional.of(GrantRefusal.KEY_NOT_VALID);
            }
            return jws.verify(new ECDSAVerifier(key.get()))
                    ? Optional.empty()
                    : Optional.of(GrantRefusal.BAD_SIGNATURE);
        } catch (IOException e) {
            LOG.atError().setCause(e).log("The file of grant keys cannot be read, so no grant is honoured");
            return Optional.of(GrantRefusal.KEYS_UNREADABLE);
        } catch (JOSEException e) {
            return Optional.of(GrantRefusal.BAD_SIGNATURE);
        }
    }
}
