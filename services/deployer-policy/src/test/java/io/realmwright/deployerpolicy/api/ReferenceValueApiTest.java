package io.realmwright.deployerpolicy.api;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.TokenForge;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What tokens are to show, as CoRIM for other verifiers. */
class ReferenceValueApiTest extends AttestationScenario {
    @Test
    void referenceValuesOfThePublishedRevisionAreWhatTokensShow() {
        trust();
        String path = running(INIT_RIPAS, Scenario.spec("LINUX"));
        JsonNode attestation = client.post(path, "{}").json();
        String values =
                "/v1/policies/" + scenario.name("p") + "/revisions/1/reference-values?realm=" + scenario.name("r");

        Answer answer = client.get(values);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/rim+cbor");
        CBORObject corim = CBORObject.DecodeFromBytes(answer.bytes());
        byte[] comid =
                corim.Untag().get(CBORObject.FromObject(1)).get(0).Untag().GetByteString();
        String rim = attestation
                .path("appraisal")
                .path("submods")
                .path("realm")
                .path("claims")
                .valueStream()
                .filter(claim -> claim.path("claim").asString().equals("realm.initial-measurement"))
                .map(claim -> claim.path("actual").asString())
                .collect(Collectors.joining());
        assertThat(TokenForge.hex(comid)).contains(rim);
    }

    @Test
    void referenceValuesAreWithdrawnWithTheirRevision() {
        scenario.host("h", INIT_RIPAS);
        String policy = scenario.policy("p", HOST_ALL, "ACCEPT");
        scenario.create("r", policy, Scenario.spec("LINUX"));
        String revisions = "/v1/policies/" + policy + "/revisions/";
        String values = "/reference-values?realm=" + scenario.name("r");
        assertThat(client.get(revisions + 1 + values).status()).isEqualTo(200);
        String rules = "{\"rules\":[" + Scenario.rule("r", "true", Scenario.deny("Not any more.")) + "]}";
        String etag = client.get("/v1/policies/" + policy).header("ETag");
        String revised =
                client.put("/v1/policies/" + policy, rules, "If-Match", etag).header("ETag");

        client.get(revisions + 2 + values).expectProblem(410, "reference-values-withdrawn");
        client.post(revisions + "2/publish", "", "If-Match", revised);

        JsonNode withdrawn = client.get(revisions + 1 + values).expectProblem(410, "reference-values-withdrawn");
        assertThat(withdrawn.path("publishedRevision").asInt()).isEqualTo(2);
        client.get(revisions + 2 + values).expectProblem(409, "no-reference-values");
        client.get(revisions + 3 + values).expectProblem(404, "not-found");
        client.get(revisions + 2 + "/reference-values?realm=nobody").expectProblem(404, "not-found");
        client.get(revisions + 2 + "/reference-values").expectProblem(422, "invalid-request");
    }
}
