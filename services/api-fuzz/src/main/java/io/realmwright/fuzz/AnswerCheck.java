package io.realmwright.fuzz;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.realmwright.fuzz.ApiContract.Operation;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with an answer, if anything. */
final class AnswerCheck {
    /** Said by the web server before any operation is found; the contract does not list them for each. */
    private static final Set<Integer> OF_THE_SERVER = Set.of(400, 404, 405, 406, 408, 413, 414, 429, 431);

    /** What an operation may answer although that is no 2xx to 4xx: the database, or somebody behind us, is away. */
    private static final Set<Integer> OF_OTHERS = Set.of(502, 503, 504);

    private final OpenApiInteractionValidator validator;

    AnswerCheck(ApiContract contract) {
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(contract.text())
                .withLevelResolver(LevelResolver.create()
                        // Problems extend each other by allOf; the schemas that are closed say so themselves.
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    Optional<String> complaint(Operation operation, RawHttp.Answer answer, boolean isProtocolBroken) {
        int status = answer.status();
        boolean isDocumented = operation.statuses().contains(Integer.toString(status));
        if (status >= 500 && !(isDocumented && OF_OTHERS.contains(status))) {
            return Optional.of("answered " + status);
        }
        if (isProtocolBroken && OF_THE_SERVER.contains(status)) {
            return revealing(answer);
        }
        if (!isDocumented && OF_THE_SERVER.contains(status) && status != 400) {
            return answer.header("content-type").equals("application/problem+json")
                            || operation.method().equals("HEAD")
                    ? Optional.empty()
                    : Optional.of("answered " + status + " with something that is no problem detail");
        }
        if (!isDocumented) {
            return Optional.of("answered " + status + ", which the contract does not list");
        }
        if (operation.method().equals("HEAD") || answer.isStream() || (answer.body().length == 0 && status < 300)) {
            return Optional.empty();
        }
        return breach(operation, answer);
    }

    private static Optional<String> revealing(RawHttp.Answer answer) {
        boolean reveals = answer.text().contains("Tomcat/") || answer.text().contains("\tat ");
        return reveals ? Optional.of("tells what it is made of") : Optional.empty();
    }

    private Optional<String> breach(Operation operation, RawHttp.Answer answer) {
        var response = SimpleResponse.Builder.status(answer.status());
        answer.headers().forEach((name, values) -> response.withHeader(name, values.toArray(String[]::new)));
        if (answer.body().length > 0) {
            response.withBody(answer.body());
        }
        String path = operation.path().replaceAll("\\{[^}]+}", "1");
        String breaches = validator
                .validateResponse(path, Request.Method.valueOf(operation.method()), response.build())
                .getMessages()
                .stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .collect(Collectors.joining("; "));
        return breaches.isEmpty() ? Optional.empty() : Optional.of("breaks the contract: " + breaches);
    }
}
