package io.realmwright.deployerpolicy.decision.rest;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.Rehearsal;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.decision.json.TrialDocument;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import io.realmwright.deployerpolicy.spec.json.MemoryRunDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.deployerpolicy.spec.json.TracedCallDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Launches that are rehearsed on one host and told call by call. Nothing is stored and no host is asked. */
@RestController
@RequestMapping("/v1/rehearsals")
class RehearsalController {
    private final Deciding deciding;
    private final Rehearsal rehearsal;

    RehearsalController(Deciding deciding, Rehearsal rehearsal) {
        this.deciding = deciding;
        this.rehearsal = rehearsal;
    }

    /** A question about one host. */
    record RehearsalRequest(
            @Nullable String host,
            @Nullable RealmSpecDocument spec,
            @Nullable Map<String, @Nullable String> labels,
            @Nullable String policy,
            @Nullable PolicyContentDocument draft) {
        TrialDocument trial() {
            return new TrialDocument(null, spec, labels, policy, null, draft);
        }
    }

    /**
     * What was decided, and how the launch went.
     *
     * @param played null where the realm may not be launched, or the host cannot carry out the plan
     */
    record RehearsalBody(
            DecisionDocument decision, @Nullable Played played, boolean simulated) {}

    record Played(
            List<TracedCallDocument> calls, long callsTotal, List<MemoryRunDocument> memory, long memoryRunsTotal) {
        static Played of(Rehearsal.Played played) {
            return new Played(
                    played.calls().stream().map(TracedCallDocument::of).toList(),
                    played.callsTotal(),
                    played.memory().stream().map(MemoryRunDocument::of).toList(),
                    played.memoryRunsTotal());
        }
    }

    @PostMapping
    RehearsalBody rehearse(@RequestBody RehearsalRequest body) {
        var fields = new Fields();
        String host = fields.name("host", body.host());
        TrialDocument trial = body.trial();
        Deciding.Question question = trial.question(fields);
        Optional<PolicyContent> draft = trial.draft(fields);
        fields.throwIfAny();
        var decided = Answers.decided(deciding.tryOut(question, new Deciding.Trial(draft, Optional.of(host))));
        return new RehearsalBody(
                DecisionDocument.of(decided.decision()),
                decided.decision()
                        .on(host)
                        .flatMap(result -> played(decided, result))
                        .orElse(null),
                true);
    }

    private Optional<Played> played(Deciding.Answer.Decided decided, HostDecision result) {
        if (!(result instanceof HostDecision.Allow allow)
                || !allow.unavailable().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Played.of(rehearsal.played(
                decided.decision().request().spec(),
                allow.plan(),
                allow.profile(),
                decided.images().images())));
    }
}
