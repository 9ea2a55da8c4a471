package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.OutcomeJson;
import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.AttestAnswer;
import io.realmwright.hostagent.realm.Realm;
import io.realmwright.hostagent.realm.RealmAttester;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/v1/machines/{machine}/realms/{id}/token")
class TokenController {
    private static final Pattern CHALLENGE = Pattern.compile("[0-9a-f]{128}");

    private final MachinePath path;
    private final RealmAttester attester;

    TokenController(MachinePath path, RealmAttester attester) {
        this.path = path;
        this.attester = attester;
    }

    @PostMapping(consumes = "application/json")
    TokenBody attest(@PathVariable String machine, @PathVariable String id, @RequestBody JsonNode body) {
        var resolved = path.resolve(machine);
        var challenge = Fields.read(
                body,
                fields -> fields.text("challenge", CHALLENGE, "must be 64 bytes as lower-case hexadecimal digits"));
        var bytes = HexFormat.of().parseHex(challenge);
        return switch (attester.attest(resolved, RealmPath.id(id), bytes)) {
            case AttestAnswer.Made(var realm, byte[] token) ->
                new TokenBody(realm.id(), realm.machine(), realm.bootId(), challenge, token, true);
            case AttestAnswer.NotRunning(var realm) ->
                throw Problem.REALM_NOT_RUNNING.because(
                        "Only a guest that has booted and runs makes tokens; state and outcome say how this one is.",
                        standing(realm));
            case AttestAnswer.NoAttestationStep(var realm) ->
                throw Problem.NO_ATTESTATION_STEP.because(
                        "No step of the realm's guest answers challenges.", standing(realm));
            case AttestAnswer.NotMade(var realm, var reason) ->
                throw Problem.TOKEN_NOT_MADE.because(reason, standing(realm));
            case AttestAnswer.NoSuchRealm() -> throw RealmPath.unknown();
        };
    }

    private static Map<String, Object> standing(Realm realm) {
        var standing = new HashMap<String, Object>(Map.of("state", realm.state()));
        if (realm.outcome() != null) {
            standing.put("outcome", OutcomeJson.write(realm.outcome()));
        }
        return standing;
    }

    /**
     * A token as it is answered.
     *
     * @param token Base64
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record TokenBody(UUID realm, String machine, UUID bootId, String challenge, byte[] token, boolean simulated) {}
}
