package io.realmwright.deployerpolicy.attestation.rest;

import io.realmwright.deployerpolicy.attestation.Attestation;
import io.realmwright.deployerpolicy.attestation.Attesting;
import io.realmwright.deployerpolicy.attestation.Attesting.Answer;
import io.realmwright.deployerpolicy.attestation.json.AppraisalDocument;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.rest.AgentProblems;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.rest.Paging;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/realms/{name}/attestations")
class AttestationController {
    private final Attesting attesting;

    AttestationController(Attesting attesting) {
        this.attesting = attesting;
    }

    /** What a client asks for: a token for this challenge, or for one that is drawn here. */
    record NewAttestation(@Nullable String challenge) {
        Optional<String> read(Fields fields) {
            if (challenge != null && !challenge.matches("[0-9a-f]{128}")) {
                fields.reject("challenge", "is 64 bytes in lower-case hexadecimal digits");
            }
            return Optional.ofNullable(challenge);
        }
    }

    @PostMapping
    ResponseEntity<AttestationBody> attest(@PathVariable String name, @RequestBody NewAttestation body) {
        var fields = new Fields();
        Optional<String> challenge = body.read(fields);
        fields.throwIfAny();
        return switch (attesting.attest(name, challenge)) {
            case Answer.Appraised(var attestation) ->
                ResponseEntity.created(URI.create("/v1/realms/" + name + "/attestations/" + attestation.id()))
                        .body(AttestationBody.of(attestation));
            case Answer.UnknownRealm(var unknown) -> throw unknown(unknown);
            case Answer.NotRunning(var phase) ->
                throw Problem.REALM_NOT_RUNNING.because(
                        "Only a realm whose guest has booted and runs makes tokens; its phase is " + phase + ".",
                        Map.of("phase", phase));
            case Answer.ChallengeUsed() ->
                throw Problem.CHALLENGE_USED.because("Every challenge is used for one token only; draw another.");
            case Answer.NoToken(var answer) -> throw noToken(answer);
        };
    }

    private static ErrorResponseException noToken(AgentAnswer<byte[]> answer) {
        if (answer instanceof AgentAnswer.Refused<byte[]>(var refusal)) {
            if (refusal.is("realm-not-running")) {
                return Problem.REALM_NOT_RUNNING.because(refusal.detail());
            }
            if (refusal.is("no-attestation-step")) {
                return Problem.NO_ATTESTATION_STEP.because(refusal.detail());
            }
        }
        return AgentProblems.of(answer);
    }

    @GetMapping
    AttestationList list(
            @PathVariable String name,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        List<Attestation> found =
                attesting.list(name, before(paging.after()), paging.limit()).orElseThrow(() -> unknown(name));
        var page = paging.page(
                found, AttestationBody::of, attestation -> attestation.id().toString());
        return new AttestationList(page.elements(), page.nextPageToken());
    }

    private static Optional<UUID> before(String key) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(key));
        } catch (IllegalArgumentException e) {
            var fields = new Fields();
            fields.reject("pageToken", "is the nextPageToken of an earlier answer");
            fields.throwIfAny();
            throw e;
        }
    }

    @GetMapping("/{id}")
    AttestationBody get(@PathVariable String name, @PathVariable UUID id) {
        return attesting
                .find(name, id)
                .map(AttestationBody::of)
                .orElseThrow(() -> Problem.NOT_FOUND.because("Realm " + name + " has no attestation " + id + "."));
    }

    private static ErrorResponseException unknown(String name) {
        return Problem.NOT_FOUND.because("There is no realm " + name + ".");
    }

    /**
     * An attestation as it is answered.
     *
     * @param token in Base64
     * @param simulated the host's machine is, and so is everything that the token says
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record AttestationBody(
            UUID id,
            String realm,
            UUID launchId,
            String host,
            String challenge,
            boolean attested,
            AppraisalDocument appraisal,
            byte[] token,
            Instant createdAt,
            boolean simulated) {
        static AttestationBody of(Attestation attestation) {
            return new AttestationBody(
                    attestation.id(),
                    attestation.realm(),
                    attestation.launchId(),
                    attestation.host(),
                    attestation.challenge(),
                    attestation.appraisal().isAttested(),
                    AppraisalDocument.of(attestation.appraisal()),
                    attestation.token(),
                    attestation.createdAt(),
                    true);
        }
    }

    record AttestationList(
            List<AttestationBody> attestations, @Nullable String nextPageToken) {}
}
