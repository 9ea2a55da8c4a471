package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.hostagent.grant.GrantRefusal;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.RealmState;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.MeasuredContents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The OpenAPI file and the service say the same. */
class ContractTest {
    private static final Path PROBLEM_PAGES = Path.of("../../docs/problems");

    private final Agent agent = Agent.shared();
    private final JsonNode contract = Contract.document();

    @Test
    void theServiceHasExactlyTheOperationsOfTheContract() {
        var inContract = new TreeSet<String>();
        contract.path("paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(method -> !method.equals("parameters"))
                        .forEach(method -> inContract.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        var mapped = new TreeSet<String>();
        agent.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + path))));

        assertThat(mapped).isEqualTo(inContract);
    }

    @Test
    void theServiceServesItsContract() {
        var served = agent.get("/openapi.yaml").expect(200);

        assertThat(served.body()).isEqualTo(Contract.text());
    }

    @Test
    void thePageListsEveryOperation() {
        var page = agent.get("/docs").expect(200);

        assertThat(page.header("content-type")).startsWith("text/html");
        contract.path("paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(method -> !method.equals("parameters"))
                        .forEach(method -> assertThat(page.body())
                                .contains("<code>" + method.toUpperCase(Locale.ROOT) + " " + path + "</code>")));
    }

    @Test
    void everyOperationNamesEveryErrorThatAnyOfThemHas() {
        contract.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (!method.equals("parameters") && path.startsWith("/v1/")) {
                        assertThat(operation.path("responses").propertyNames())
                                .as("%s %s", method, path)
                                .contains("500")
                                .doesNotContain("default");
                    }
                }));
    }

    @Test
    void theContractListsEveryProblem() {
        assertThat(names("ProblemType"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Problem.values())
                        .map(problem -> "/problems/" + problem.slug())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemHasAPageThatNamesIt(Problem problem) throws Exception {
        var page = Files.readString(PROBLEM_PAGES.resolve(problem.slug() + ".md"));

        assertThat(page)
                .startsWith("# " + problem.slug())
                .contains(Integer.toString(problem.status().value()));
    }

    @Test
    void theContractSpellsEveryEnumLikeTheMachine() {
        assertThat(names("RealmState")).containsExactly(names(RealmState.values()));
        assertThat(names("HashAlgorithm")).containsExactly(names(HashAlgorithm.values()));
        assertThat(names("Access")).containsExactly(names(Access.values()));
        assertThat(names("LaunchStepName")).containsExactly(names(LaunchStep.values()));
        assertThat(names(schema("Unavailabilities").path("items"))).containsExactly(names(Unavailability.values()));
        assertThat(names(property("Outcome", "reason"))).containsExactly(names(Outcome.Stalled.Reason.values()));
        assertThat(names(property("Guest", "profile"))).containsExactly(names(GuestProfile.values()));
        assertThat(names(property("LaunchPlan", "measuredContents"))).containsExactly(names(MeasuredContents.values()));
        assertThat(names(property("Machine", "profile")))
                .containsExactly(Arrays.stream(HostProfile.values())
                        .map(HostProfile::profileName)
                        .toArray(String[]::new));
        assertThat(names(schema("GrantProblem")
                        .path("allOf")
                        .get(1)
                        .path("properties")
                        .path("reason")))
                .containsExactly(names(GrantRefusal.values()));
    }

    private JsonNode schema(String name) {
        return contract.path("components").path("schemas").path(name);
    }

    private JsonNode property(String schema, String property) {
        return schema(schema).path("properties").path(property);
    }

    private Stream<String> names(String schema) {
        return names(schema(schema));
    }

    private static Stream<String> names(JsonNode schema) {
        return schema.path("enum").valueStream().map(JsonNode::stringValue);
    }

    private static String[] names(Enum<?>... constants) {
        return Arrays.stream(constants).map(Enum::name).toArray(String[]::new);
    }
}
