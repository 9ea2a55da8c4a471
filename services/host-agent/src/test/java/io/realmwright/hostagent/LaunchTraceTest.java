package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A launch goes on in the trace of whoever asked for it, with a span for each step. */
class LaunchTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void everyStepOfALaunchIsASpanOfTheCallersTraceThatTellsItsRmiCalls() throws Exception {
        var received = new ByteArrayOutputStream();
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            try (exchange) {
                synchronized (received) {
                    received.writeBytes(exchange.getRequestBody().readAllBytes());
                }
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        try (var agent = Agent.start(
                Database.create(),
                "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                        + receiver.getAddress().getPort() + "/v1/traces")) {
            var launch = LaunchBody.of(agent).json();
            agent.exchange(
                            agent.request("/v1/machines/rich/realms")
                                    .header("Content-Type", "application/json")
                                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                                    .POST(HttpRequest.BodyPublishers.ofString(launch)),
                            launch)
                    .expect(201);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(text(received))
                            .contains("host-agent", "CREATE_REALM", "POPULATE", "CREATE_RECS", "INIT_RIPAS", "ACTIVATE")
                            .contains("realmwright.rmiCalls", "realmwright.launchId", "LAUNCHED"));
            // The request, the launch and its five steps at least.
            var trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
            assertThat(text(received).split(java.util.regex.Pattern.quote(trace), -1))
                    .hasSizeGreaterThan(7);
        } finally {
            receiver.stop(0);
        }
    }

    private static String text(ByteArrayOutputStream received) {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
