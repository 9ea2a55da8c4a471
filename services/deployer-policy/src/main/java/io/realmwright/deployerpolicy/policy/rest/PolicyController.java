package io.realmwright.deployerpolicy.policy.rest;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.Policies;
import io.realmwright.deployerpolicy.policy.Policy;
import io.realmwright.deployerpolicy.policy.PolicyChange;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.json.PolicyContentDocument;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.NewPolicy;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.PolicyBody;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.PolicyList;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.RevisionBody;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.RevisionList;
import io.realmwright.deployerpolicy.policy.rest.PolicyBodies.Validation;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.rest.Paging;
import io.realmwright.deployerpolicy.rest.Versions;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/policies")
class PolicyController {
    private final Policies policies;

    PolicyController(Policies policies) {
        this.policies = policies;
    }

    @PostMapping
    ResponseEntity<PolicyBody> create(@RequestBody NewPolicy body) {
        var fields = new Fields();
        String name = fields.name("name", body.name());
        PolicyContent content = body.content(fields);
        fields.throwIfAny();
        return answer(policies.create(name, content), HttpStatus.CREATED);
    }

    @PostMapping("/validate")
    Validation validate(@RequestBody NewPolicy body) {
        var fields = new Fields();
        PolicyContent content = body.content(fields);
        fields.throwIfAny();
        var errors = policies.validate(content);
        return new Validation(errors.isEmpty(), policies.digest(content), errors);
    }

    @GetMapping
    PolicyList list(@RequestParam @Nullable Integer pageSize, @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        var page = paging.page(policies.list(paging.after(), paging.limit()), PolicyBody::of, Policy::name);
        return new PolicyList(page.elements(), page.nextPageToken());
    }

    @GetMapping("/{name}")
    ResponseEntity<PolicyBody> get(@PathVariable String name) {
        return policies.find(name).map(policy -> body(policy, HttpStatus.OK)).orElseThrow(() -> unknown(name));
    }

    @PutMapping("/{name}")
    ResponseEntity<PolicyBody> revise(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody PolicyContentDocument body) {
        long version = Versions.required(ifMatch);
        var fields = new Fields();
        PolicyContent content = body.read(fields);
        fields.throwIfAny();
        return answer(policies.revise(name, version, content), HttpStatus.OK);
    }

    @GetMapping("/{name}/revisions")
    RevisionList revisions(
            @PathVariable String name,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        if (policies.find(name).isEmpty()) {
            throw unknown(name);
        }
        var read = policies.listRevisions(name, paging.afterNumber(), paging.limit());
        var page = paging.page(read, RevisionBody::of, revision -> Integer.toString(revision.number()));
        return new RevisionList(page.elements(), page.nextPageToken());
    }

    @GetMapping("/{name}/revisions/{number}")
    RevisionBody revision(@PathVariable String name, @PathVariable int number) {
        PolicyRevision revision = policies.findRevision(name, number).orElseThrow(() -> unknownRevision(name, number));
        return RevisionBody.of(revision);
    }

    @PostMapping("/{name}/revisions/{number}/publish")
    ResponseEntity<PolicyBody> publish(
            @PathVariable String name,
            @PathVariable int number,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(policies.publish(name, number, Versions.required(ifMatch)), HttpStatus.OK);
    }

    private static ResponseEntity<PolicyBody> answer(PolicyChange change, HttpStatus done) {
        return switch (change) {
            case PolicyChange.Done(var policy, var _) -> body(policy, done);
            case PolicyChange.DoesNotCompile(var errors) ->
                throw Problem.INVALID_POLICY.because("Its rules have errors.", Map.of("errors", errors));
            case PolicyChange.NameTaken(var name) ->
                throw Problem.NAME_TAKEN.because("There is a policy " + name + " already.");
            case PolicyChange.UnknownPolicy(var name) -> throw unknown(name);
            case PolicyChange.UnknownRevision(var name, var number) -> throw unknownRevision(name, number);
            case PolicyChange.NeedsFourEyes(var author, var publisher) ->
                throw Problem.FOUR_EYES.because("The revision was written by " + author + " and is to be published by"
                        + " somebody else who is known, not by " + publisher + ".");
            case PolicyChange.Outdated(var version) ->
                throw Problem.PRECONDITION_FAILED.because(
                        "The policy has changed: its ETag is " + Versions.etag(version) + " now.");
        };
    }

    private static ResponseEntity<PolicyBody> body(Policy policy, HttpStatus status) {
        return ResponseEntity.status(status)
                .location(URI.create("/v1/policies/" + policy.name()))
                .eTag(Versions.etag(policy.version()))
                .body(PolicyBody.of(policy));
    }

    private static ErrorResponseException unknown(String name) {
        return Problem.NOT_FOUND.because("There is no policy " + name + ".");
    }

    private static ErrorResponseException unknownRevision(String name, int number) {
        return Problem.NOT_FOUND.because("Policy " + name + " has no revision " + number + ".");
    }
}
