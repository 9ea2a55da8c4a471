package io.realmwright.deployerpolicy.attestation;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.realm.AttestedRealms;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records attestations, each together with what it means for its realm. */
@Component
class AttestationRecords {
    private final AttestationStore store;
    private final AttestedRealms realms;
    private final AuditTrail audit;
    private final Clock clock;

    AttestationRecords(AttestationStore store, AttestedRealms realms, AuditTrail audit, Clock clock) {
        this.store = store;
        this.realms = realms;
        this.audit = audit;
        this.clock = clock;
    }

    /** Uses a challenge up before anybody sees it; false if it was used before. */
    @Transactional
    public boolean use(String challenge) {
        return store.use(challenge, now());
    }

    void ended(UUID realm, UUID launchId, AgentRealm answer) {
        realms.ended(realm, launchId, answer);
    }

    @Transactional
    public void record(Attestation attestation) {
        store.insert(attestation);
        Appraisal appraisal = attestation.appraisal();
        realms.appraised(
                attestation.realmId(),
                attestation.launchId(),
                appraisal.isAttested(),
                appraisal.status().name(),
                message(appraisal));
        audit.record(AuditEvent.APPRAISED, "realm/" + attestation.realm(), details(attestation));
    }

    private static Details details(Attestation attestation) {
        Appraisal appraisal = attestation.appraisal();
        return new Details()
                .with("realmId", attestation.realmId())
                .with("attestationId", attestation.id())
                .with("launchId", attestation.launchId())
                .with("host", attestation.host())
                .with("challenge", attestation.challenge())
                .with("tokenDigest", Digests.sha256(attestation.token()))
                .with("status", appraisal.status())
                .with("contraindicated", appraisal.claimsThatAre(ClaimStatus.CONTRAINDICATED));
    }

    private static String message(Appraisal appraisal) {
        return switch (appraisal.status()) {
            case AFFIRMING -> "The realm's token was appraised and is as expected.";
            case WARNING -> "The realm's token was appraised, with warnings: " + named(appraisal, ClaimStatus.WARNING);
            case CONTRAINDICATED ->
                "The realm's token is not as expected: " + named(appraisal, ClaimStatus.CONTRAINDICATED);
            case NONE ->
                "The realm's token cannot be appraised for want of references: " + named(appraisal, ClaimStatus.NONE);
        };
    }

    private static String named(Appraisal appraisal, ClaimStatus status) {
        return String.join(", ", appraisal.claimsThatAre(status)) + ".";
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
