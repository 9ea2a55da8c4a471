package io.realmwright.deployerpolicy.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Speaks HTTP to the service and holds every answer against the contract in {@code api/deployer-policy.yaml}. */
public final class Client {
    public static final Path CONTRACT = Path.of("../../api/deployer-policy.yaml");

    private static final OpenApiInteractionValidator VALIDATOR = validator();

    private final HttpClient http;
    private final URI base;

    public Client(int port) {
        this.http = http().build();
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** A client that speaks TLS. */
    public Client(int port, SSLContext tls) {
        this.http = http().sslContext(tls).build();
        this.base = URI.create("https://127.0.0.1:" + port);
    }

    private static HttpClient.Builder http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    private static OpenApiInteractionValidator validator() {
        try {
            return OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(CONTRACT))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), with(headers, "Content-Type", "application/json"));
    }

    public Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    public Answer put(String path, String body, String... headers) {
        return send("PUT", path, BodyPublishers.ofString(body), with(headers, "Content-Type", "application/json"));
    }

    public Answer upload(String path, byte[] content) {
        return send("PUT", path, BodyPublishers.ofByteArray(content), "Content-Type", "application/octet-stream");
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            var answer = new Answer(response.statusCode(), response.headers(), response.body());
            holdAgainstContract(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the contract does not describe at all, such as an unknown path, is left to the tests that ask for it. */
    private static void holdAgainstContract(String method, String path, Answer answer) {
        if (method.equals("HEAD")) {
            return; // the contract describes a body, which an answer to HEAD never has
        }
        var response = new SimpleResponse.Builder(answer.status());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values.toArray(String[]::new)));
        if (answer.bytes().length > 0) {
            response.withBody(answer.bytes());
        }
        String pathOnly = URI.create(path).getPath();
        var report = VALIDATOR.validateResponse(pathOnly, Request.Method.valueOf(method), response.build());
        List<ValidationReport.Message> breaches = report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !message.getKey().startsWith("validation.request.path.missing"))
                .filter(message -> !message.getKey().startsWith("validation.request.operation.notAllowed"))
                .toList();
        if (!breaches.isEmpty()) {
            throw new AssertionError(method + " " + path + " answered " + answer.status() + " against the contract: "
                    + breaches + "\n" + answer.text());
        }
    }

    private static String[] with(String[] headers, String... more) {
        var all = new java.util.ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
