package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The examples that come with the project, decided for a host that can do everything. */
class ExamplesTest extends ServiceTest {
    private static final Path EXAMPLES = Path.of("../../deploy/examples");

    private static final Path POLICY_PAGE = Path.of("../../docs/policy.md");
    private static final int ENVIRONMENT_FIELDS = 7 + 3 + 7;

    /** What becomes of EDK2_LINUX, LINUX_EARLY_RSI, LINUX and UNAWARE under each policy. */
    private static final Map<String, String> EXPECTED = Map.of(
            "host-declares", "BOOTED BOOTED BOOTED BOOTED",
            "deployer-declares-ends", "BOOTED BOOTED BOOTED BOOTED",
            "deployer-declares-low-half", "BOOTED BOOTED FAULTED FAULTED",
            "guest-declares", "BOOTED BOOTED FAULTED FAULTED",
            "host-declares-reject", "RIPAS_REJECTED RIPAS_REJECTED RIPAS_REJECTED BOOTED",
            "host-declares-withhold", "RIPAS_WITHHELD RIPAS_WITHHELD RIPAS_WITHHELD BOOTED",
            "guest-declares-reject", "RIPAS_REJECTED RIPAS_REJECTED FAULTED FAULTED",
            "guest-declares-withhold", "RIPAS_WITHHELD RIPAS_WITHHELD FAULTED FAULTED");

    @Test
    void theExamplesComeToTheTableOfOutcomes() {
        scenario.host("x", HostProfile.RMM_2_0_KVM_RMI_INIT_RIPAS);
        Map<String, String> outcomes = new TreeMap<>();
        for (JsonNode policy : documents("policies")) {
            publish(policy);
            List<String> row = documents("realms").stream()
                    .map(realm -> outcome(policy, realm))
                    .toList();
            outcomes.put(policy.path("name").asString(), String.join(" ", row));
        }

        assertThat(outcomes).isEqualTo(EXPECTED);
    }

    @Test
    void everyRuleOfThePolicyPageCompiles() throws IOException {
        Matcher blocks = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(POLICY_PAGE));
        List<String> rules = blocks.results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("\"effect\""))
                .toList();
        assertThat(rules).hasSizeGreaterThan(3);

        Answer validation = client.post("/v1/policies/validate", "{\"rules\":[" + String.join(",", rules) + "]}");

        assertThat(validation.json().path("errors")).as(validation.text()).isEmpty();
        assertThat(validation.json().path("valid").asBoolean()).isTrue();
    }

    @Test
    void thePolicyPageHasExactlyTheFieldsOfTheEnvironment() throws IOException {
        Matcher rows = Pattern.compile("`((realm|guest|host)\\.[A-Za-z]+)`").matcher(Files.readString(POLICY_PAGE));
        Set<String> documented = rows.results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));

        for (String field : documented) {
            String rule = "{\"name\":\"r\",\"when\":\"%s == %s\",\"effect\":{\"kind\":\"DENY\",\"message\":\"\"}}"
                    .formatted(field, field);
            Answer validation = client.post("/v1/policies/validate", "{\"rules\":[" + rule + "]}");
            assertThat(validation.json().path("valid").asBoolean()).as(field).isTrue();
        }
        assertThat(documented).hasSize(ENVIRONMENT_FIELDS);
    }

    private void publish(JsonNode policy) {
        Answer created = client.post("/v1/policies", policy.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String publish = created.header("Location") + "/revisions/1/publish";
        assertThat(client.post(publish, "", "If-Match", created.header("ETag")).status())
                .isEqualTo(200);
    }

    private String outcome(JsonNode policy, JsonNode realm) {
        var body = (ObjectNode) realm.deepCopy();
        body.put("policy", policy.path("name").asString());
        body.set("hostSelector", Answer.tree(scenario.hosts()));
        Answer dry = client.post("/v1/realms?dryRun=true", body.toString());
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        JsonNode outcome =
                dry.json().path("realm").path("status").path("forecast").path("outcome");
        return outcome.path("reason").asString(outcome.path("kind").asString());
    }

    private static List<JsonNode> documents(String kind) {
        try (var files = Files.list(EXAMPLES.resolve(kind))) {
            return files.sorted().map(ExamplesTest::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Answer.tree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
