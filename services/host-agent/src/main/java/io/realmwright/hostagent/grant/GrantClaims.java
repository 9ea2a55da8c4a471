package io.realmwright.hostagent.grant;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** What a grant says; every claim is there. */
record GrantClaims(
        String id,
        String issuer,
        String audience,
        Instant issuedAt,
        Instant expiresAt,
        String decisionId,
        String launchId,
        String machine,
        String specDigest,
        String planDigest,
        String policyDigest) {
    /** @throws ParseException if a claim is missing or not what it should be */
    static GrantClaims of(JWTClaimsSet claims) throws ParseException {
        if (claims.getAudience().size() != 1) {
            throw new ParseException("a grant has one audience", 0);
        }
        return new GrantClaims(
                text(claims, "jti"),
                text(claims, "iss"),
                claims.getAudience().getFirst(),
                time(claims.getIssueTime()),
                time(claims.getExpirationTime()),
                text(claims, "decisionId"),
                text(claims, "launchId"),
                text(claims, "machine"),
                text(claims, "specDigest"),
                text(claims, "planDigest"),
                text(claims, "policyDigest"));
    }

    Grant grant() {
        return new Grant(id, decisionId, policyDigest, expiresAt);
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        var text = claims.getStringClaim(name);
        if (text == null || text.isEmpty()) {
            throw new ParseException("a grant has the claim " + name, 0);
        }
        return text;
    }

    private static Instant time(@Nullable Date date) throws ParseException {
        if (date == null) {
            throw new ParseException("a grant has the claims iat and exp", 0);
        }
        return date.toInstant();
    }
}
