package io.realmwright.deployerpolicy.policy;

import io.realmwright.deployerpolicy.actor.Actors;
import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditTrail;
import io.realmwright.deployerpolicy.audit.Details;
import io.realmwright.deployerpolicy.policy.PolicyChange.DoesNotCompile;
import io.realmwright.deployerpolicy.policy.PolicyChange.Done;
import io.realmwright.deployerpolicy.policy.PolicyChange.NameTaken;
import io.realmwright.deployerpolicy.policy.PolicyChange.NeedsFourEyes;
import io.realmwright.deployerpolicy.policy.PolicyChange.Outdated;
import io.realmwright.deployerpolicy.policy.PolicyChange.UnknownPolicy;
import io.realmwright.deployerpolicy.policy.PolicyChange.UnknownRevision;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing, revising and publishing policies. Nothing is stored that does not compile. */
@Service
public class Policies {
    private final PolicyStore store;
    private final PolicyCompiler compiler;
    private final PolicyDigests digests;
    private final PolicyProperties properties;
    private final Actors actors;
    private final AuditTrail audit;
    private final Clock clock;

    Policies(
            PolicyStore store,
            PolicyCompiler compiler,
            PolicyDigests digests,
            PolicyProperties properties,
            Actors actors,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.compiler = compiler;
        this.digests = digests;
        this.properties = properties;
        this.actors = actors;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public PolicyChange create(String name, PolicyContent content) {
        var errors = compiler.check(content);
        if (!errors.isEmpty()) {
            return new DoesNotCompile(errors);
        }
        Instant now = now();
        var policy = Policy.created(name, now);
        var first = new PolicyRevision(name, 1, digests.of(content), content, actors.acting(), now, null);
        if (!store.insert(policy, first)) {
            return new NameTaken(name);
        }
        record(AuditEvent.POLICY_CREATED, first);
        return new Done(policy, first);
    }

    /** Adds a draft; what is published stays published. */
    @Transactional
    public PolicyChange revise(String name, long expectedVersion, PolicyContent content) {
        var errors = compiler.check(content);
        if (!errors.isEmpty()) {
            return new DoesNotCompile(errors);
        }
        return change(name, expectedVersion, policy -> {
            Instant now = now();
            var revised = policy.revised(now);
            var revision = new PolicyRevision(
                    name, revised.latestRevision(), digests.of(content), content, actors.acting(), now, null);
            store.insert(revision);
            store.update(revised);
            record(AuditEvent.POLICY_REVISED, revision);
            return new Done(revised, revision);
        });
    }

    /** Makes a revision the deciding one; publishing an old one anew rolls back. */
    @Transactional
    public PolicyChange publish(String name, int number, long expectedVersion) {
        return change(
                name,
                expectedVersion,
                policy -> store.findRevision(name, number)
                        .map(revision -> publish(policy, revision))
                        .orElse(new UnknownRevision(name, number)));
    }

    private PolicyChange publish(Policy policy, PolicyRevision revision) {
        Optional<PolicyChange> missing = missingEyes(revision);
        if (missing.isPresent()) {
            return missing.get();
        }
        // A later version of the service may know other fields than the one that stored the draft.
        var errors = compiler.check(revision.content());
        if (!errors.isEmpty()) {
            return new DoesNotCompile(errors);
        }
        Instant now = now();
        var published = new PolicyRevision(
                revision.policy(),
                revision.number(),
                revision.digest(),
                revision.content(),
                revision.author(),
                revision.createdAt(),
                now);
        var updated = policy.published(revision.number(), now);
        store.markPublished(published);
        store.update(updated);
        record(AuditEvent.POLICY_PUBLISHED, published);
        return new Done(updated, published);
    }

    /** Why the four eyes are not there, if they have to be. Nobody is trusted to be two people by staying anonymous. */
    private Optional<PolicyChange> missingEyes(PolicyRevision revision) {
        String publisher = actors.acting();
        boolean known =
                !publisher.equals(Actors.ANONYMOUS) && !revision.author().equals(Actors.ANONYMOUS);
        return properties.fourEyes() && (!known || publisher.equals(revision.author()))
                ? Optional.of(new NeedsFourEyes(revision.author(), publisher))
                : Optional.empty();
    }

    private void record(AuditEvent event, PolicyRevision revision) {
        audit.record(
                event,
                "policy/" + revision.policy(),
                new Details()
                        .with("revision", revision.number())
                        .with("digest", revision.digest())
                        .with("author", revision.author()));
    }

    private PolicyChange change(String name, long expectedVersion, Function<Policy, PolicyChange> change) {
        return store.lock(name)
                .map(policy ->
                        policy.version() == expectedVersion ? change.apply(policy) : new Outdated(policy.version()))
                .orElse(new UnknownPolicy(name));
    }

    /** What the rules are worth, without storing anything. */
    public List<RuleError> validate(PolicyContent content) {
        return compiler.check(content);
    }

    public String digest(PolicyContent content) {
        return digests.of(content);
    }

    public Optional<Policy> find(String name) {
        return store.find(name);
    }

    public Optional<PolicyRevision> findRevision(String name, int number) {
        return store.findRevision(name, number);
    }

    public List<Policy> list(String afterName, int limit) {
        return store.list(afterName, limit);
    }

    public List<PolicyRevision> listRevisions(String name, long afterNumber, int limit) {
        return store.listRevisions(name, afterNumber, limit);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
