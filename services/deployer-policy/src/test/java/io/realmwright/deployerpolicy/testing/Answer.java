package io.realmwright.deployerpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the service under test. */
public final class Answer {
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final HttpHeaders headers;
    private final byte[] bytes;

    Answer(int status, HttpHeaders headers, byte[] bytes) {
        this.status = status;
        this.headers = headers;
        this.bytes = bytes;
    }

    public int status() {
        return status;
    }

    public HttpHeaders headers() {
        return headers;
    }

    public byte[] bytes() {
        return bytes;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return tree(text());
    }

    /** Parses an expected document. */
    public static JsonNode tree(String json) {
        return JSON.readTree(json);
    }

    /** The one element of an array. */
    public static JsonNode only(JsonNode array) {
        assertThat(array).hasSize(1);
        return array.path(0);
    }

    /** A field of each element, for example of an array. */
    public static List<String> texts(Iterable<JsonNode> elements, String field) {
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element -> element.path(field).asString())
                .toList();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The problem, which is this one. */
    public JsonNode expectProblem(int expectedStatus, String slug) {
        assertThat(status).as(text()).isEqualTo(expectedStatus);
        assertThat(problem()).isEqualTo(slug);
        return json();
    }

    /** The last part of a problem's type. */
    public String problem() {
        String type = json().path("type").asString("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /** The fields that a problem names as wrong. */
    public List<String> fields() {
        return json().path("errors")
                .valueStream()
                .map(error -> error.path("field").asString())
                .toList();
    }
}
