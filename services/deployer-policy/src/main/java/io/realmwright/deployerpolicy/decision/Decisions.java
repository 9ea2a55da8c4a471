package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.machine.spec.CanonicalText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeping decisions. */
@Service
public class Decisions {
    private final DecisionStore store;
    private final DecisionDigests digests;
    private final Images images;
    private final AuditTrail audit;

    Decisions(DecisionStore store, DecisionDigests digests, Images images, AuditTrail audit) {
        this.store = store;
        this.digests = digests;
        this.images = images;
        this.audit = audit;
    }

    /** Keeps a decision, with the images that were made for it. */
    @Transactional
    public void keep(Deciding.Answer.Decided decided) {
        images.keep(decided.images());
        keep(decided.decision());
    }

    /** Keeps a decision about a realm whose images are stored already. */
    @Transactional
    public void keep(Decision decision) {
        store.insert(decision);
        audit.record(AuditEvent.DECIDED, "realm/" + decision.request().realmName(), details(decision));
    }

    private Details details(Decision decision) {
        var details = new Details()
                .with("decisionId", decision.id())
                .with("decisionDigest", digests.of(decision))
                .with("verdict", decision.verdict())
                .with("explanation", decision.selection().explanation())
                .with(
                        "specDigest",
                        CanonicalText.sha256(CanonicalText.of(decision.request().spec())))
                .with("hosts", decision.hosts().stream().map(Decisions::details).toList());
        return switch (decision.selection()) {
            case PolicySelection.Selected(var policy, var revision, var digest, var _, var _) ->
                details.with("policy", policy).with("revision", revision).with("policyDigest", digest);
            case PolicySelection.NoneApplies(var reason, var _) -> details.with("reason", reason);
            case PolicySelection.Draft _ -> throw new IllegalStateException("what a draft decides is not kept");
        };
    }

    private static Details details(HostDecision result) {
        var details = new Details().with("host", result.host());
        return switch (result) {
            case HostDecision.Allow allow ->
                details.with("verdict", "ALLOW")
                        .with("rule", allow.rule())
                        .with("plan", CanonicalText.of(allow.plan()))
                        .with("unavailable", allow.unavailable().isEmpty() ? null : List.copyOf(allow.unavailable()))
                        .with("rim", allow.forecast().flatMap(Decisions::rim).orElse(null));
            case HostDecision.Deny deny ->
                details.with("verdict", "DENY").with("rule", deny.rule()).with("reason", deny.reason());
        };
    }

    private static Optional<String> rim(Forecast forecast) {
        return forecast instanceof Forecast.Ran ran ? Optional.of(ran.rim()) : Optional.empty();
    }

    public Optional<Decision> find(UUID id) {
        return store.find(id);
    }
}
