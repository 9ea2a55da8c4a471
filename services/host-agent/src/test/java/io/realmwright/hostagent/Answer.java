package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answered. */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Answer(int status, HttpHeaders headers, byte[] bytes) {
    private static final JsonMapper JSON = new JsonMapper();

    String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    JsonNode json() {
        return JSON.readTree(bytes);
    }

    Answer expect(int expected) {
        assertThat(status).as(body()).isEqualTo(expected);
        return this;
    }

    /** The answer is this problem, with a status, a title and a detail. */
    JsonNode expectProblem(int expectedStatus, String slug) {
        expect(expectedStatus);
        assertThat(header("content-type")).isEqualTo("application/problem+json");
        var problem = json();
        assertThat(problem.path("type").stringValue()).isEqualTo("/problems/" + slug);
        assertThat(problem.path("status").intValue()).isEqualTo(expectedStatus);
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        return problem;
    }

    /** The problem names these fields, each as {@code field: message}, in this order. */
    void expectErrors(int expectedStatus, String slug, String... fields) {
        assertThat(errors(expectProblem(expectedStatus, slug))).containsExactly(fields);
    }

    static List<String> errors(JsonNode problem) {
        List<String> errors = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> errors.add(error.path("field").stringValue() + ": "
                        + error.path("message").stringValue()));
        return errors;
    }
}
