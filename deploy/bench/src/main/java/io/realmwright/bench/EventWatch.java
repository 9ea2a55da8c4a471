package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the stream of events of a deployer-policy and hands on each as it comes. */
final class EventWatch {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final InputStream stream;

    private EventWatch(URI policy, String subject, Consumer<JsonNode> reader) {
        var request = HttpRequest.newBuilder(policy.resolve("/v1/events?subject=" + subject))
                .build();
        try {
            this.stream = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new LocalRunException("the events cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
        Thread.ofVirtual().start(() -> read(reader));
    }

    /**
     * Watches what happens from now on.
     *
     * @param subject to what: {@code REALM} or {@code HOST}
     */
    static EventWatch of(URI policy, String subject, Consumer<JsonNode> reader) {
        return new EventWatch(policy, subject, reader);
    }

    private void read(Consumer<JsonNode> reader) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    reader.accept(JsonMapper.shared().readTree(line.substring("data: ".length())));
                }
            }
        } catch (IOException e) {
            // the watch or the service has ended
        }
    }

    void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // it has ended, which is what was wanted
        }
    }
}
