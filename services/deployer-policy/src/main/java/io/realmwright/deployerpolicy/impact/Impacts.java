package io.realmwright.deployerpolicy.impact;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Facts;
import io.realmwright.deployerpolicy.decision.Judging;
import io.realmwright.deployerpolicy.decision.RuleEvaluator;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.PolicyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Says what a revision of a policy would change if it were published. Nothing is stored, and nothing is rehearsed. */
@Service
public class Impacts {
    private static final int AT_ONCE = 1_000;

    private final PolicyStore policies;
    private final AskedStore asked;
    private final Deciding deciding;
    private final RuleEvaluator rules;

    Impacts(PolicyStore policies, AskedStore asked, Deciding deciding, RuleEvaluator rules) {
        this.policies = policies;
        this.asked = asked;
        this.deciding = deciding;
        this.rules = rules;
    }

    /** Hears of an impact as it is found out. */
    public interface Listener {
        void changes(List<Change> changes);

        /** Told from time to time. */
        void progress(long done, long total);
    }

    /** The revision to try; empty if there is none. */
    public Optional<PolicyRevision> find(String policy, int revision) {
        return policies.findRevision(policy, revision);
    }

    /** A page of changes, those that are none included. */
    public List<Change> page(PolicyRevision draft, Scope scope, String afterKey, int limit) {
        Impact impact = impact(draft);
        return judged(impact, asked.list(scope, afterKey, limit));
    }

    /** Everything, told piece by piece; answers how many of each kind there were. */
    public Map<Change.Kind, Long> all(PolicyRevision draft, Scope scope, Listener listener) {
        Impact impact = impact(draft);
        var counts = new EnumMap<Change.Kind, Long>(Change.Kind.class);
        long total = asked.count(scope);
        long done = 0;
        List<Asked> read = asked.list(scope, "", AT_ONCE);
        while (!read.isEmpty()) {
            List<Change> changes = judged(impact, read);
            changes.forEach(change -> counts.merge(change.kind(), 1L, Long::sum));
            listener.changes(changes);
            done += read.size();
            listener.progress(done, Math.max(done, total));
            read = read.size() < AT_ONCE
                    ? List.of()
                    : asked.list(scope, read.getLast().key(), AT_ONCE);
        }
        return counts;
    }

    private static List<Change> judged(Impact impact, List<Asked> read) {
        return read.parallelStream().map(impact::on).toList();
    }

    /** Today's policies against the same with the draft in the place of its policy. */
    private Impact impact(PolicyRevision draft) {
        List<PolicyRevision> now = policies.published();
        List<PolicyRevision> then = new ArrayList<>(now);
        then.removeIf(revision -> revision.policy().equals(draft.policy()));
        then.add(draft);
        then.sort(Comparator.comparing(PolicyRevision::policy));
        List<Facts.CandidateHost> hosts = deciding.hosts();
        return new Impact(draft.policy(), new Judging(now, hosts, rules), new Judging(then, hosts, rules));
    }
}
