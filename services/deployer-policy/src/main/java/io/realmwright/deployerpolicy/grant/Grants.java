package io.realmwright.deployerpolicy.grant;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.CanonicalText;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Issues the grants without which no agent launches a realm. */
@Service
public class Grants {
    private final GrantSigner signer;
    private final GrantStore store;
    private final GrantProperties properties;
    private final AuditTrail audit;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Grants(
            GrantSigner signer,
            GrantStore store,
            GrantProperties properties,
            AuditTrail audit,
            Clock clock,
            Supplier<UUID> ids) {
        this.signer = signer;
        this.store = store;
        this.properties = properties;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /** What a grant is issued for; {@code plan} has no RPV yet. */
    public record Order(
            String realmName,
            UUID decisionId,
            UUID launchId,
            String host,
            String agentName,
            String machine,
            RealmSpec spec,
            LaunchPlan plan,
            String policyDigest) {}

    @Transactional
    public Grant issue(Order order) {
        Instant issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS); // what a JWT keeps
        var claims = new GrantClaims(
                ids.get(),
                order.agentName(),
                issuedAt,
                issuedAt.plus(properties.timeToLive()),
                order.decisionId(),
                order.launchId(),
                order.machine(),
                CanonicalText.sha256(CanonicalText.of(order.spec())),
                CanonicalText.sha256(CanonicalText.of(order.plan())),
                order.policyDigest());
        var grant = new Grant(
                claims.id(),
                claims.decisionId(),
                claims.launchId(),
                order.host(),
                claims.machine(),
                claims.specDigest(),
                claims.planDigest(),
                claims.policyDigest(),
                claims.issuedAt(),
                claims.expiresAt(),
                signer.sign(claims));
        store.insert(grant);
        audit.record(AuditEvent.GRANTED, "realm/" + order.realmName(), details(grant, order.plan()));
        return grant;
    }

    private static Details details(Grant grant, LaunchPlan plan) {
        return new Details()
                .with("grantId", grant.id())
                .with("decisionId", grant.decisionId())
                .with("launchId", grant.launchId())
                .with("host", grant.host())
                .with("machine", grant.machine())
                .with("specDigest", grant.specDigest())
                .with("plan", CanonicalText.of(plan))
                .with("planDigest", grant.planDigest())
                .with("policyDigest", grant.policyDigest())
                .with("expiresAt", grant.expiresAt())
                .with("grantDigest", CanonicalText.sha256(grant.compact()));
    }

    /**
     * The plan as it goes to the host: where the profile can set the RPV, it is SHA-512 of the grant, so that the
     * realm's token names the grant, and with it the decision.
     */
    public static LaunchPlan bind(LaunchPlan plan, HostProfile profile, Grant grant) {
        if (!profile.canSetRpv()) {
            return plan;
        }
        var rpv = new PersonalizationValue(HexFormat.of().formatHex(sha512(grant.compact())));
        return new LaunchPlan(plan.mode(), plan.verdict(), plan.measuredContents(), rpv);
    }

    private static byte[] sha512(String ascii) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(ascii.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    public Optional<Grant> find(UUID id) {
        return store.find(id);
    }

    public String publicKeys() {
        return signer.publicKeys();
    }
}
