package io.realmwright.deployerpolicy.decision;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.observation.annotation.Observed;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.image.Images;
import io.realmwright.deployerpolicy.image.RequestedSpec;
import io.realmwright.deployerpolicy.image.Sha256;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.policy.PolicyCompiler;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyDigests;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.PolicyStore;
import io.realmwright.deployerpolicy.policy.RuleError;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.RealmSpecRules;
import io.realmwright.machine.spec.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Deciding about realms: which policy, what it says about each candidate host, and what would come of a launch. */
@Service
public class Deciding {
    private final PolicyStore policies;
    private final Hosts hosts;
    private final Images images;
    private final RuleEvaluator rules;
    private final PolicyCompiler compiler;
    private final PolicyDigests digests;
    private final Rehearsal rehearsal;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Deciding(
            PolicyStore policies,
            Hosts hosts,
            Images images,
            RuleEvaluator rules,
            PolicyCompiler compiler,
            PolicyDigests digests,
            Rehearsal rehearsal,
            Clock clock,
            Supplier<UUID> ids) {
        this.policies = policies;
        this.hosts = hosts;
        this.images = images;
        this.rules = rules;
        this.compiler = compiler;
        this.digests = digests;
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.ids = ids;
    }

    /** A question as a client puts it. */
    public record Question(
            String realmName, RequestedSpec spec, Labels labels, Optional<String> policy, Labels hostSelector) {
        Question withoutPolicy() {
            return new Question(realmName, spec, labels, Optional.empty(), hostSelector);
        }
    }

    /** What came of trying out. */
    public sealed interface Tried {
        /** There is no such host, or its profile is not known. */
        record UnknownHost(String name) implements Tried {}

        /** The rules of the draft do not compile. */
        record DraftDoesNotCompile(List<RuleError> errors) implements Tried {}
    }

    /** What came of a question. Nothing was stored yet. */
    public sealed interface Answer extends Tried {
        record Decided(Decision decision, Images.Prepared images) implements Answer {}

        /** The spec breaks rules of the machine; paths begin with {@code spec}. */
        record Invalid(List<Violation> violations) implements Answer {}

        record UnknownImages(List<Violation> violations) implements Answer {}

        /** The named policy does not exist or was never published. */
        record UnknownPolicy(String name) implements Answer {}
    }

    /**
     * What makes a decision one that is only tried out.
     *
     * @param draft decides in the place of every published policy
     * @param host the only one that is asked about
     */
    public record Trial(Optional<PolicyContent> draft, Optional<String> host) {}

    @Observed(name = "realmwright.decide", contextualName = "decide")
    public Answer decide(Question question) {
        return decide(question, this::select, this::candidates);
    }

    /** Decides as one would under a draft, or about one host. Such a decision must not be kept. */
    public Tried tryOut(Question question, Trial trial) {
        List<RuleError> errors = trial.draft().map(compiler::check).orElse(List.of());
        if (!errors.isEmpty()) {
            return new Tried.DraftDoesNotCompile(errors);
        }
        Optional<List<Facts.CandidateHost>> asked = trial.host().map(this::hostsNamed);
        if (asked.isPresent() && asked.get().isEmpty()) {
            return new Tried.UnknownHost(trial.host().get());
        }
        return decide(
                trial.draft().isPresent() ? question.withoutPolicy() : question,
                request -> trial.draft()
                        .map(draft -> PolicySelection.draft(revision(draft), request.labels()))
                        .orElseGet(() -> select(request)),
                request -> asked.orElseGet(() -> candidates(request)));
    }

    private List<Facts.CandidateHost> hostsNamed(String name) {
        return hosts().stream().filter(host -> host.name().equals(name)).toList();
    }

    private Answer decide(
            Question question,
            Function<DecisionRequest, PolicySelection.WithRevision> selecting,
            Function<DecisionRequest, List<Facts.CandidateHost>> asking) {
        Images.Prepared prepared = images.prepare(question.spec());
        List<Violation> unknown = unknownImages(prepared);
        if (!unknown.isEmpty()) {
            return new Answer.UnknownImages(unknown);
        }
        List<Violation> violations = RealmSpecRules.check(prepared.spec(), prepared.images()).stream()
                .map(violation -> new Violation("spec." + violation.field(), violation.message()))
                .toList();
        if (!violations.isEmpty()) {
            return new Answer.Invalid(violations);
        }
        var request = new DecisionRequest(
                question.realmName(), prepared.spec(), question.labels(), question.policy(), question.hostSelector());
        PolicySelection.WithRevision selected = selecting.apply(request);
        if (question.policy().isPresent()
                && selected.selection() instanceof PolicySelection.NoneApplies(var reason, var _)
                && reason == DenialReason.NO_POLICY) {
            return new Answer.UnknownPolicy(question.policy().get());
        }
        return new Answer.Decided(decide(request, prepared.images(), selected, asking.apply(request)), prepared);
    }

    private PolicyRevision revision(PolicyContent draft) {
        return new PolicyRevision("draft", 1, digests.of(draft), draft, "", clock.instant(), null);
    }

    private PolicySelection.WithRevision select(DecisionRequest request) {
        return PolicySelection.among(policies.published(), request.policy(), request.labels());
    }

    private static List<Violation> unknownImages(Images.Prepared prepared) {
        var unknown = new ArrayList<Violation>();
        for (int i = 0; i < prepared.spec().images().size(); i++) {
            String sha256 = prepared.spec().images().get(i).sha256();
            if (prepared.images().find(sha256).isEmpty()) {
                unknown.add(new Violation("spec.images[" + i + "].digest", "names no stored image: " + sha256));
            }
        }
        return unknown;
    }

    /** Decides anew about a realm that is known to be valid. */
    @Observed(name = "realmwright.decide", contextualName = "decide")
    public Decision decideAgain(DecisionRequest request) {
        return decide(request, images.reader(), select(request), candidates(request));
    }

    private Decision decide(
            DecisionRequest request,
            ImageStore contents,
            PolicySelection.WithRevision selected,
            List<Facts.CandidateHost> candidates) {
        Decision decision = evaluate(request, contents, selected, candidates);
        Metrics.counter("realmwright.decisions", "effect", decision.verdict().name())
                .increment();
        return decision;
    }

    private Decision evaluate(
            DecisionRequest request,
            ImageStore contents,
            PolicySelection.WithRevision selected,
            List<Facts.CandidateHost> candidates) {
        List<HostDecision> results = selected.revision()
                .map(revision -> new Evaluator(revision, request, contents, rules, rehearsal))
                .map(evaluator -> candidates.stream().map(evaluator::decide).toList())
                .orElse(List.of());
        return new Decision(
                ids.get(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                request,
                selected.selection(),
                results,
                basis(selected.selection(), candidates));
    }

    /**
     * Whether the decision would come out otherwise now: another policy, another host, a host that changed.
     *
     * @param present all hosts as they are now
     */
    public boolean isOutdated(Decision decision, List<Host> present) {
        DecisionRequest request = decision.request();
        List<Facts.CandidateHost> candidates = Judging.candidates(request, withKnownProfile(present));
        return !basis(select(request).selection(), candidates).equals(decision.basis());
    }

    private List<Facts.CandidateHost> candidates(DecisionRequest request) {
        return Judging.candidates(request, hosts());
    }

    /** The hosts whose profile is known. */
    public List<Facts.CandidateHost> hosts() {
        return withKnownProfile(hosts.all());
    }

    private static List<Facts.CandidateHost> withKnownProfile(List<Host> present) {
        return present.stream().flatMap(Deciding::candidate).toList();
    }

    private static Stream<Facts.CandidateHost> candidate(Host host) {
        return host.report().stream()
                .map(report -> new Facts.CandidateHost(
                        host.name(), host.address().machine(), report.profile(), host.labels(), report.dramBytes()));
    }

    private static String basis(PolicySelection selection, List<Facts.CandidateHost> candidates) {
        String text = selection + "\n"
                + candidates.stream().map(Facts.CandidateHost::toString).collect(Collectors.joining("\n"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
