package io.realmwright.hostagent.grant;

import io.realmwright.machine.spec.CanonicalText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the claims of a grant with a good signature must say to permit a launch. The first broken rule is the reason. */
final class GrantRules {
    private static final String ISSUER = "realmwright";

    private static final List<Rule> RULES = List.of(
            new Rule(GrantRefusal.WRONG_ISSUER, grant -> grant.claims().issuer().equals(ISSUER)),
            new Rule(GrantRefusal.WRONG_HOST, GrantRules::isForThisHost),
            new Rule(GrantRefusal.WRONG_MACHINE, GrantRules::isForThisMachine),
            new Rule(GrantRefusal.WRONG_LAUNCH, GrantRules::isForThisLaunch),
            new Rule(GrantRefusal.NOT_YET_VALID, GrantRules::isIssuedInThePast),
            new Rule(GrantRefusal.EXPIRED, GrantRules::isUnexpired),
            new Rule(GrantRefusal.SPEC_ALTERED, GrantRules::grantsThisSpec),
            new Rule(GrantRefusal.PLAN_ALTERED, GrantRules::grantsThisPlan),
            new Rule(GrantRefusal.RPV_NOT_BOUND, GrantRules::isNamedByTheRpv));

    private GrantRules() {}

    static Optional<GrantRefusal> firstBroken(Presented grant) {
        return RULES.stream()
                .filter(rule -> !rule.holds().test(grant))
                .map(Rule::refusal)
                .findFirst();
    }

    private static boolean isForThisHost(Presented grant) {
        return grant.claims().audience().equals(grant.hostName());
    }

    private static boolean isForThisMachine(Presented grant) {
        return grant.claims().machine().equals(grant.subject().machine());
    }

    private static boolean isForThisLaunch(Presented grant) {
        return grant.claims().launchId().equals(grant.subject().launchId().toString());
    }

    private static boolean isIssuedInThePast(Presented grant) {
        return !grant.claims().issuedAt().isAfter(grant.now().plus(grant.skew()));
    }

    private static boolean isUnexpired(Presented grant) {
        return grant.claims().expiresAt().isAfter(grant.now().minus(grant.skew()));
    }

    private static boolean grantsThisSpec(Presented grant) {
        var digest = CanonicalText.sha256(CanonicalText.of(grant.subject().spec()));
        return grant.claims().specDigest().equals(digest);
    }

    private static boolean grantsThisPlan(Presented grant) {
        var digest = CanonicalText.sha256(CanonicalText.of(grant.subject().plan()));
        return grant.claims().planDigest().equals(digest);
    }

    /** The canonical text of the plan leaves the RPV out, since that is a hash of the grant itself. */
    private static boolean isNamedByTheRpv(Presented grant) {
        var rpv = grant.subject().plan().rpv();
        return rpv.isZero() || rpv.hex().equals(sha512(grant.compactJws()));
    }

    private static String sha512(String ascii) {
        try {
            var digest = MessageDigest.getInstance("SHA-512").digest(ascii.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    /** A grant with the launch it was presented for, and the present time. */
    record Presented(
            GrantClaims claims, String compactJws, String hostName, GrantSubject subject, Instant now, Duration skew) {}

    private record Rule(GrantRefusal refusal, Predicate<Presented> holds) {}
}
