package io.realmwright.processes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A service's REST API, as anybody would call it. */
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String token;

    public Api(URI base) {
        this(base, "");
    }

    /** @param token sent with each request, empty for none */
    public Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * An answer.
     *
     * @param etag the ETag header, empty without one
     */
    public record Answer(int status, String etag, JsonNode body) {}

    public boolean isHealthy() {
        try {
            return send("GET", "/actuator/health", "").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public JsonNode get(String path) {
        return demand("GET", path, "", "").body();
    }

    /** A body that is not one JSON document, such as a trace. */
    public String text(String path) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new LocalRunException("GET " + base.resolve(path) + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw noAnswer("GET", path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }

    public Answer post(String path, Object body) {
        return demand("POST", path, JSON.writeValueAsString(body), "");
    }

    public Answer post(String path, Object body, String ifMatch) {
        return demand("POST", path, JSON.writeValueAsString(body), ifMatch);
    }

    /** The lines of an answer that comes as a stream, each handed over when it is there. */
    public void lines(String path, Object body, Consumer<JsonNode> reader) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/x-ndjson")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
            if (response.statusCode() >= 400) {
                throw new LocalRunException("POST " + base.resolve(path) + " answered " + response.statusCode());
            }
            try (Stream<String> lines = response.body()) {
                lines.map(JSON::readTree).forEach(reader);
            }
        } catch (IOException e) {
            throw noAnswer("POST", path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }

    /** Whether there is something at the path. */
    public boolean has(String path) {
        try {
            return send("GET", path, "").status() == 200;
        } catch (IOException e) {
            throw noAnswer("GET", path, e);
        }
    }

    public Answer put(String path, Object body) {
        return demand("PUT", path, JSON.writeValueAsString(body), "");
    }

    public Answer put(String path, Object body, String ifMatch) {
        return demand("PUT", path, JSON.writeValueAsString(body), ifMatch);
    }

    private Answer demand(String method, String path, String body, String ifMatch) {
        try {
            String[] headers = ifMatch.isEmpty() ? new String[0] : new String[] {"If-Match", ifMatch};
            Answer answer = send(method, path, body, headers);
            if (answer.status() >= 400) {
                throw new LocalRunException(
                        method + " " + base.resolve(path) + " answered " + answer.status() + ":\n" + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw noAnswer(method, path, e);
        }
    }

    /** That a service is away, or went away meanwhile. */
    public LocalRunException noAnswer(String method, String path, IOException e) {
        String why = e.getMessage() == null ? "nobody listens there" : e.getMessage();
        return new LocalRunException(method + " " + base.resolve(path) + " got no answer: " + why, e);
    }

    public Answer delete(String path) {
        return demand("DELETE", path, "", "");
    }

    /**
     * Sends a request and gives the answer back whatever its status is.
     *
     * @param body empty for none
     * @param headers names and values, one after the other
     * @throws IOException if there is no answer
     */
    public Answer send(String method, String path, String body, String... headers) throws IOException {
        HttpResponse<String> response = exchange(request(method, path, body, headers), BodyHandlers.ofString());
        JsonNode json = response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
        return new Answer(
                response.statusCode(), response.headers().firstValue("ETag").orElse(""), json);
    }

    /**
     * Sends a request without a body and gives the status of the answer back, of which nobody wants to know more.
     *
     * @throws IOException if there is no answer
     */
    public int status(String method, String path) throws IOException {
        return exchange(request(method, path, ""), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json, application/problem+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }
}
