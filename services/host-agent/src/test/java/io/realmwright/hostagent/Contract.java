package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer that a test gets, and every request that was accepted, against the OpenAPI file. */
final class Contract {
    static final Path FILE = Path.of("../../api/host-agent.yaml");

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(text())
                    .withLevelResolver(LevelResolver.create()
                            // Problems extend each other by allOf; the schemas that are closed say so themselves.
                            .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                            .build())
                    .build();

    private Contract() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The contract as a tree. */
    static JsonNode document() {
        return new JsonMapper().valueToTree(new Yaml().load(text()));
    }

    static void check(HttpRequest request, String body, Answer answer) {
        var method = Request.Method.valueOf(request.method());
        var path = request.uri().getPath();
        var response = SimpleResponse.Builder.status(answer.status());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
        if (answer.bytes().length > 0) {
            response.withBody(answer.bytes());
        }
        if (!isPageOfNoLines(answer)) {
            assertNoErrors(VALIDATOR.validateResponse(path, method, response.build()), request, answer);
        }
        if (answer.status() < 300) {
            assertNoErrors(VALIDATOR.validateRequest(request(request, body, method, path)), request, answer);
        }
    }

    /** A body of no bytes, which the validator takes for no body. */
    private static boolean isPageOfNoLines(Answer answer) {
        return answer.bytes().length == 0 && answer.header("content-type").equals("application/x-ndjson");
    }

    private static Request request(HttpRequest request, String body, Request.Method method, String path) {
        var accepted = new SimpleRequest.Builder(method, path);
        request.headers().map().forEach((name, values) -> accepted.withHeader(name, values));
        var query = request.uri().getQuery();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                var parts = parameter.split("=", 2);
                accepted.withQueryParam(parts[0], parts[1]);
            }
        }
        return body.isEmpty() ? accepted.build() : accepted.withBody(body).build();
    }

    private static void assertNoErrors(ValidationReport report, HttpRequest request, Answer answer) {
        assertThat(report.getMessages())
                .as("%s %s answered %d %s", request.method(), request.uri(), answer.status(), answer.body())
                .isEmpty();
    }
}
