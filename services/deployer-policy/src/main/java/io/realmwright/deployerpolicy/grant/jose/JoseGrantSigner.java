package io.realmwright.deployerpolicy.grant.jose;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import io.realmwright.deployerpolicy.grant.GrantClaims;
import io.realmwright.deployerpolicy.grant.GrantSigner;
import java.util.Date;
import org.springframework.stereotype.Component;

/** Grants as compact JWS, signed with ES256. */
@Component
final class JoseGrantSigner implements GrantSigner {
    private static final JOSEObjectType TYPE = new JOSEObjectType("realmwright-grant+jwt");
    private static final String ISSUER = "realmwright";

    private final GrantKeyFile file;

    JoseGrantSigner(GrantKeyFile file) {
        this.file = file;
    }

    @Override
    public String sign(GrantClaims claims) {
        return file.sign(
                TYPE,
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
    }

    @Override
    public String publicKeys() {
        return file.keys().publicKeys();
    }
}
