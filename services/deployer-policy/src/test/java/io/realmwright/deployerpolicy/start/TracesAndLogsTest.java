package io.realmwright.deployerpolicy.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.realmwright.deployerpolicy.testing.Client;
import io.realmwright.deployerpolicy.testing.Postgres;
import io.realmwright.deployerpolicy.testing.Scenario;
import io.realmwright.deployerpolicy.testing.ServiceProcess;
import io.realmwright.machine.host.HostProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A launch leaves a trail: spans at an OTLP receiver, its trace at the agent, and log lines that can be found. */
class TracesAndLogsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PASSWORD = "a-password-that-nobody-is-to-see";
    private static final String CALLERS_TOKEN = "a-token-that-nobody-is-to-see";
    private static final String SPAN = "00f067aa0ba902b7";

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private HttpServer receiver;

    @TempDir
    private Path directory;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            try (exchange) {
                synchronized (received) {
                    received.writeBytes(exchange.getRequestBody().readAllBytes());
                }
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void aLaunchCanBeFollowedFromItsRequestToTheAgentAndInTheLogWithoutGivingASecretAway() throws Exception {
        Path log = directory.resolve("service.log");
        try (ServiceProcess service = ServiceProcess.start(
                log,
                "--spring.datasource.url=" + Postgres.newDatabase("traces_and_logs"),
                "--spring.datasource.password=" + PASSWORD,
                "--realmwright.grant.create-key=true",
                "--realmwright.grant.key-file=" + directory.resolve("key.json"),
                "--realmwright.host.poll-interval=PT0.1S",
                "--management.tracing.sampling.probability=1",
                "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                        + receiver.getAddress().getPort() + "/v1/traces",
                "--logging.structured.format.console=ecs")) {
            Client client = service.client();
            var scenario = new Scenario(client);
            var agent = scenario.host("host", HostProfile.RMM_2_0_KVM_RMI_V14);
            var traceparent = new AtomicReference<>("");
            var serviceToken = new AtomicReference<>("");
            agent.once("POST /v1/machines/m0/realms", exchange -> {
                traceparent.set(exchange.getRequestHeaders().getFirst("traceparent"));
                serviceToken.set(exchange.getRequestHeaders().getFirst("Authorization"));
                return true;
            });
            String policy = scenario.policy("policy", Scenario.HOST_ALL, "ACCEPT");

            client.send(
                    "POST",
                    "/v1/realms",
                    BodyPublishers.ofString(scenario.realm("realm", policy, Scenario.spec("LINUX_EARLY_RSI"))),
                    "Content-Type",
                    "application/json",
                    "Authorization",
                    "Bearer " + CALLERS_TOKEN,
                    "traceparent",
                    "00-" + TRACE + "-" + SPAN + "-01");
            JsonNode status = scenario.awaitOutcome("realm").path("status");

            assertThat(traceparent.toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
            String visit = traceparent.toString().substring(3, 35);
            assertThat(visit).as("a visit is a trace of its own").isNotEqualTo(TRACE);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(text())
                            .contains("deployer-policy", "http post /v1/realms", "decide", "rehearse", "place")
                            .contains("reconcile realm")
                            // The request's trace, and the visit's: ids are raw bytes in OTLP.
                            .contains(bytes(TRACE), bytes(visit)));
            assertThat(occurrences(bytes(TRACE)))
                    .as("the visit links to the request")
                    .isGreaterThan(1);
            JsonNode line = line(log, "A realm has come to another state");
            assertThat(line.path("realm").asString()).isEqualTo(scenario.name("realm"));
            assertThat(line.path("decisionId").asString())
                    .isEqualTo(status.path("decisionId").asString());
            assertThat(line.path("host").asString()).isEqualTo(scenario.name("host"));
            assertThat(line.path("traceId").asString()).isEqualTo(visit);
            assertThat(line.path("launchId").asString())
                    .isEqualTo(agent.launches().getFirst().path("launchId").asString());
            scenario.close();
            String key = Files.readString(directory.resolve("key.json"));
            assertThat(Files.readString(log) + text())
                    .as("secrets in logs and spans")
                    .contains(scenario.name("realm"))
                    .doesNotContain(
                            CALLERS_TOKEN,
                            String.valueOf(serviceToken.get()).replace("Bearer ", ""),
                            agent.launches().getFirst().path("grant").asString(),
                            JsonMapper.shared().readTree(key).path("d").asString(),
                            PASSWORD);
        }
    }

    private String text() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    private int occurrences(String part) {
        return text().split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private static JsonNode line(Path log, String message) throws IOException {
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("{")) {
                JsonNode json = JsonMapper.shared().readTree(line);
                if (json.path("message").asString("").equals(message)) {
                    return json;
                }
            }
        }
        throw new AssertionError("no line says \"" + message + "\" in\n" + Files.readString(log));
    }
}
