package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Requests that cannot be read are the caller's mistake, however they are broken. Each was found by the fuzz test. */
class UnreadableRequestTest extends ServiceTest {
    @Test
    void aQueryThatCannotBeDecoded() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /v1/realms?pageSize=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("/problems/unreadable-request");
        }
    }

    @Test
    void aBrokenForm() {
        client.send(
                        "PUT",
                        "/v1/hosts/" + scenario.name("h"),
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "multipart/form-data")
                .expectProblem(415, "unsupported-media-type");
    }
}
