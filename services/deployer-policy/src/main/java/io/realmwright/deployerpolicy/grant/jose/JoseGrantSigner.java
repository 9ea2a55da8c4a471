package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.realmwright.deployerpolicy.grant.GrantClaims;
import io.realmwright.deployerpolicy.grant.GrantProperties;
import io.realmwright.deployerpolicy.grant.GrantSigner;
import java.time.Clock;
import java.util.Date;
import org.springframework.stereotype.Component;

/** Grants as compact JWS, signed with ES256. */
@Component
final class JoseGrantSigner implements GrantSigner {
    private static final JOSEObjectType TYPE = new JOSEObjectType("realmwright-grant+jwt");
    private static final String ISSUER = "realmwright";

    private final GrantKeyFile file;
    private final Clock clock;

    JoseGrantSigner(GrantProperties properties, Clock clock) {
        this.file = new GrantKeyFile(properties);
        this.clock = clock;
    }

    @Override
    public String sign(GrantClaims claims) {
        ECKey key = file.keys()
                .signing(clock.instant())
                .orElseThrow(() -> new IllegalStateException("no grant key is valid now: put one into the key file"));
        var grant = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .jwtID(claims.id().toString())
                        .issuer(ISSUER)
                        .audience(claims.audience())
                        .issueTime(Date.from(claims.issuedAt()))
                        .expirationTime(Date.from(claims.expiresAt()))
                        .claim("decisionId", claims.decisionId().toString())
                        .claim("launchId", claims.launchId().toString())
                        .claim("machine", claims.machine())
                        .claim("specDigest", claims.specDigest())
                        .claim("planDigest", claims.planDigest())
                        .claim("policyDigest", claims.policyDigest())
                        .build());
        try {
            grant.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the grant key cannot sign", e);
        }
        return grant.serialize();
    }

    @Override
    public String publicKeys() {
        return file.keys().publicKeys();
    }
}
