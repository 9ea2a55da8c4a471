package io.realmwright.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI file as the fuzzer needs it: its operations, and schemas with their references followed. */
public final class ApiContract {
    private final String text;
    private final JsonNode document;

    private ApiContract(String text) {
        this.text = text;
        this.document = new JsonMapper().valueToTree(new Yaml().load(text));
    }

    public static ApiContract read(Path file) {
        try {
            return new ApiContract(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a value goes in a request. */
    enum Place {
        PATH,
        QUERY,
        HEADER
    }

    record Parameter(String name, Place place, boolean required, JsonNode schema) {}

    /** One operation; {@code bodies} are schemas by content type, none if it takes no body. */
    public record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            Map<String, JsonNode> bodies,
            Set<String> statuses) {
        /** As tests name it. */
        public String name() {
            return method + " " + path;
        }
    }

    String text() {
        return text;
    }

    public List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (!method.equals("parameters")) {
                        operations.add(operation(path, method.toUpperCase(Locale.ROOT), item, operation));
                    }
                }));
        return operations;
    }

    private Operation operation(String path, String method, JsonNode item, JsonNode operation) {
        var parameters = new ArrayList<Parameter>();
        for (JsonNode owner : List.of(item, operation)) {
            owner.path("parameters").forEach(parameter -> parameters.add(parameter(resolve(parameter))));
        }
        var bodies = new LinkedHashMap<String, JsonNode>();
        resolve(operation.path("requestBody"))
                .path("content")
                .forEachEntry((type, content) -> bodies.put(type, content.path("schema")));
        return new Operation(
                method,
                path,
                parameters,
                bodies,
                new TreeSet<>(operation.path("responses").propertyNames()));
    }

    private static Parameter parameter(JsonNode parameter) {
        return new Parameter(
                parameter.path("name").asString(),
                Place.valueOf(parameter.path("in").asString().toUpperCase(Locale.ROOT)),
                parameter.path("required").asBoolean(false),
                parameter.path("schema"));
    }

    /** The node itself, or what its reference names. */
    JsonNode resolve(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = document.at(found.path("$ref").asString().substring(1));
        }
        return found;
    }
}
