package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.policy.PolicyRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules about many realms under the same policies and hosts, without rehearsing or keeping anything. */
public final class Judging {
    private final List<PolicyRevision> published;
    private final List<Facts.CandidateHost> hosts;
    private final RuleEvaluator rules;

    /**
     * Rules under these.
     *
     * @param published the deciding revisions of all policies
     * @param hosts in the order of their names
     */
    public Judging(List<PolicyRevision> published, List<Facts.CandidateHost> hosts, RuleEvaluator rules) {
        this.published = List.copyOf(published);
        this.hosts = List.copyOf(hosts);
        this.rules = rules;
    }

    /** What the policies say about a realm, by candidate host; by none if no policy decides. */
    public record Judgement(PolicySelection selection, Map<String, Ruling> byHost) {}

    public PolicySelection.WithRevision select(DecisionRequest request) {
        return PolicySelection.among(published, request.policy(), request.labels());
    }

    public Judgement judge(DecisionRequest request) {
        var selected = select(request);
        Map<String, Ruling> byHost = new LinkedHashMap<>();
        selected.revision()
                .ifPresent(revision -> candidates(request, hosts)
                        .forEach(host -> byHost.put(host.name(), rule(revision, request, host))));
        return new Judgement(selected.selection(), byHost);
    }

    private Ruling rule(PolicyRevision revision, DecisionRequest request, Facts.CandidateHost host) {
        var facts = new Facts(request.realmName(), request.spec(), request.labels(), host);
        return Ruling.of(revision, facts, rules, RuleEvaluator.Detail.RESULT);
    }

    /** The hosts that carry the labels of the request's selector. */
    static List<Facts.CandidateHost> candidates(DecisionRequest request, List<Facts.CandidateHost> hosts) {
        return hosts.stream()
                .filter(host -> host.labels().carry(request.hostSelector()))
                .toList();
    }
}
