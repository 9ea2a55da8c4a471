package io.realmwright.deployerpolicy.decision.rest;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decisions;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.decision.json.TrialDocument;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.problem.Problem;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/decisions")
class DecisionController {
    private final Deciding deciding;
    private final Decisions decisions;

    DecisionController(Deciding deciding, Decisions decisions) {
        this.deciding = deciding;
        this.decisions = decisions;
    }

    @PostMapping
    ResponseEntity<DecisionDocument> decide(
            @RequestBody TrialDocument body, @RequestParam(defaultValue = "false") boolean dryRun) {
        var fields = new Fields();
        Deciding.Question question = body.question(fields);
        Optional<PolicyContent> draft = body.draft(fields);
        if (draft.isPresent() && !dryRun) {
            fields.reject("draft", "decides in a dry run only");
        }
        fields.throwIfAny();
        var decided = Answers.decided(deciding.tryOut(question, new Deciding.Trial(draft, Optional.empty())));
        var document = DecisionDocument.of(decided.decision());
        if (dryRun) {
            return ResponseEntity.ok(document);
        }
        decisions.keep(decided);
        return ResponseEntity.created(URI.create("/v1/decisions/" + document.id()))
                .body(document);
    }

    @GetMapping("/{id}")
    DecisionDocument get(@PathVariable UUID id) {
        return decisions
                .find(id)
                .map(DecisionDocument::of)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no decision " + id + "."));
    }
}
