package io.realmwright.deployerpolicy.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.testing.ServiceTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that cannot be read are the caller's mistake, however they are broken. Each was found by the fuzz test. */
class UnreadableRequestTest extends ServiceTest {
    @Test
    void aQueryThatCannotBeDecoded() throws IOException {
        assertThat(raw("GET /v1/realms?pageSize=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("/problems/unreadable-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/realms HTTP/1.1\r\n\r\n",
                "GET /v1/realms HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /v1/realms HTTP/7.5\r\nHost: localhost\r\n\r\n",
                "GET /v1/realms?<script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "G\tT /v1/realms HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/realms HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
                "GET /v1/realms HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n"
            })
    void whatIsNoHttp(String request) throws IOException {
        String answer = raw(request);

        assertThat(answer)
                .startsWith("HTTP/1.1 ")
                .contains("Content-Type: application/problem+json")
                .contains("\"type\":\"/problems/unreadable-request\"")
                .doesNotContain("<html", "Tomcat");
        assertThat(Integer.parseInt(answer.substring(9, 12))).isIn(400, 501, 505);
    }

    @Test
    void headersThatAreTooLarge() throws IOException {
        assertThat(raw("GET /v1/realms HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: application/problem+json", "\"type\":\"/problems/unreadable-request\"");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBodyOfNoTypeInParticular() {
        client.send("POST", "/v1/realms", BodyPublishers.ofString("{}"), "Content-Type", "*/*")
                .expectProblem(415, "unsupported-media-type");
    }

    @Test
    void aCharacterThatTheDatabaseDoesNotTake() {
        client.get("/v1/audit?subject=%00").expectProblem(422, "invalid-request");
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

    @Test
    void anAnswerThatNobodyTakesIsRefusedBeforeAnythingIsDone() throws IOException {
        String host = "/v1/hosts/" + scenario.name("h");
        String body = "{\"agentUrl\": \"http://127.0.0.1:9\", \"machine\": \"m0\"}";

        assertThat(raw("PUT " + host + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                        + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 406 ");

        assertThat(client.get(host).status()).isEqualTo(404);
    }

    @Test
    void aHeaderThatTheFirewallRejectsWhenItIsRead() throws IOException {
        assertThat(raw("""
                        DELETE /v1/realms/nobody HTTP/1.1
                        Host: localhost
                        If-Match: 😀
                        Connection: close

                        """.replace("\n", "\r\n"))).startsWith("HTTP/1.1 400 ").contains("/problems/unreadable-request");
    }
}
