package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.testing.Answer;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The contract in {@code api/deployer-policy.yaml} and the running service are one. */
class ContractTest extends ServiceTest {
    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void theServiceHasExactlyTheOperationsOfTheContract() {
        var contract = new OpenAPIV3Parser().read(Client.CONTRACT.toString());
        Set<String> promised = new TreeSet<>();
        contract.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> promised.add(method + " " + path)));
        Set<String> served = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            for (String path : mapping.getPatternValues()) {
                for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                    served.add(method + " " + path);
                }
            }
        });
        served.removeIf(operation -> !operation.contains(" /v1/"));

        assertThat(served).isEqualTo(promised);
    }

    @Test
    void theServiceServesItsContractAndAPageAboutIt() throws Exception {
        Answer contract = client.get("/openapi.yaml");
        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.text()).isEqualTo(Files.readString(Client.CONTRACT));
        Answer page = client.get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void onlyHealthIsServedBesideTheApi() {
        assertThat(client.get("/actuator/health").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(client.get("/actuator/env").status()).isEqualTo(404);
        assertThat(client.get("/actuator/metrics").status()).isEqualTo(404);
    }

    @Test
    void everyProblemHasAPageAndIsInTheContract() throws Exception {
        String contract = Files.readString(Client.CONTRACT);
        Set<Problem> generic = Set.of(Problem.METHOD_NOT_ALLOWED, Problem.NOT_ACCEPTABLE);
        for (Problem problem : Problem.values()) {
            assertThat(Path.of("../../docs/problems", problem.slug() + ".md")).isRegularFile();
            if (!generic.contains(problem)) {
                assertThat(contract).contains("`" + problem.slug() + "`");
            }
        }
    }

    @Test
    void noTwoProblemsShareASlug() {
        assertThat(Set.of(Problem.values()).stream().map(Problem::slug).collect(Collectors.toSet()))
                .hasSize(Problem.values().length);
    }
}
