package io.realmwright.deployerpolicy.referencevalue.rest;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValueEncoder;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValues;
import io.realmwright.deployerpolicy.referencevalue.ReferenceValues.Answer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ReferenceValueController {
    private static final MediaType CORIM = MediaType.parseMediaType("application/rim+cbor");

    private final ReferenceValues values;
    private final ReferenceValueEncoder encoder;

    ReferenceValueController(ReferenceValues values, ReferenceValueEncoder encoder) {
        this.values = values;
        this.encoder = encoder;
    }

    @GetMapping("/v1/policies/{name}/revisions/{number}/reference-values")
    ResponseEntity<byte[]> get(
            @PathVariable String name, @PathVariable int number, @RequestParam @Nullable String realm) {
        var fields = new Fields();
        String realmName = fields.name("realm", realm);
        fields.throwIfAny();
        return switch (values.of(name, number, realmName)) {
            case Answer.Given(var set) -> ResponseEntity.ok().contentType(CORIM).body(encoder.encode(set));
            case Answer.UnknownRevision() ->
                throw Problem.NOT_FOUND.because("Policy " + name + " has no revision " + number + ".");
            case Answer.UnknownRealm() -> throw Problem.NOT_FOUND.because("There is no realm " + realmName + ".");
            case Answer.Withdrawn(var published) ->
                throw Problem.REFERENCE_VALUES_WITHDRAWN.because(
                        published
                                .map(current -> "Revision " + current + " decides, not this one.")
                                .orElse("No revision of the policy decides."),
                        published
                                .map(current -> Map.of("publishedRevision", current))
                                .orElse(Map.of()));
            case Answer.NoneForeseen(var explanation) -> throw Problem.NO_REFERENCE_VALUES.because(explanation);
        };
    }
}
