package io.realmwright.deployerpolicy.policy;

import io.realmwright.deployerpolicy.policy.PolicyChange.DoesNotCompile;
import io.realmwright.deployerpolicy.policy.PolicyChange.Done;
import io.realmwright.deployerpolicy.policy.PolicyChange.NameTaken;
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
    private final Clock clock;

    Policies(PolicyStore store, PolicyCompiler compiler, PolicyDigests digests, Clock clock) {
        this.store = store;
        this.compiler = compiler;
        this.digests = digests;
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
        var first = new PolicyRevision(name, 1, digests.of(content), content, now, null);
        return store.insert(policy, first) ? new Done(policy, first) : new NameTaken(name);
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
            var revision = new PolicyRevision(name, revised.latestRevision(), digests.of(content), content, now, null);
            store.insert(revision);
            store.update(revised);
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
        // A later version of the service may know other fields than the one that stored the draft.
        var errors = compiler.check(revision.content());
        if (!errors.isEmpty()) {
            return new DoesNotCompile(errors);
        }
        Instant now = now();
        var published = new PolicyRevision(
                revision.policy(), revision.number(), revision.digest(), revision.content(), revision.createdAt(), now);
        var updated = policy.published(revision.number(), now);
        store.markPublished(published);
        store.update(updated);
        return new Done(updated, published);
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

    public List<PolicyRevision> listRevisions(String name, int afterNumber, int limit) {
        return store.listRevisions(name, afterNumber, limit);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    }
}
