package io.realmwright.fuzz;

import io.realmwright.fuzz.ApiContract.Operation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random values that a schema of the contract allows. */
final class SchemaValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 8;
    private static final int ITEMS_MAX = 3;
    private static final int LENGTH_MAX = 60;

    private final ApiContract contract;
    private final Hints hints;
    private final RandomGenerator random;

    SchemaValues(ApiContract contract, Hints hints, RandomGenerator random) {
        this.contract = contract;
        this.hints = hints;
        this.random = random;
    }

    JsonNode body(JsonNode schema) {
        return value("", schema, 0);
    }

    String parameter(Operation operation, ApiContract.Parameter parameter) {
        List<String> known = hints.parameter(operation.path(), parameter.name());
        if (!known.isEmpty() && random.nextInt(4) > 0) {
            return known.get(random.nextInt(known.size()));
        }
        JsonNode value = value("", parameter.schema(), 0);
        return value.isString() ? value.stringValue() : value.toString();
    }

    private JsonNode value(String name, JsonNode reference, int depth) {
        JsonNode schema = contract.resolve(reference);
        List<String> known = hints.property(name);
        if (!known.isEmpty() && random.nextInt(5) > 0) {
            return JSON.stringNode(known.get(random.nextInt(known.size())));
        }
        if (schema.has("oneOf")) {
            return value(name, any(schema.path("oneOf")), depth);
        }
        if (schema.has("allOf")) {
            return allOf(name, schema, depth);
        }
        if (schema.has("enum")) {
            return any(schema.path("enum"));
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> JSON.stringNode(text(schema));
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" -> JSON.numberNode(random.nextDouble());
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "array" -> array(name, schema, depth);
            default -> object(schema, depth);
        };
    }

    private JsonNode allOf(String name, JsonNode schema, int depth) {
        var merged = JSON.objectNode();
        for (JsonNode part : schema.path("allOf")) {
            JsonNode value = value(name, part, depth);
            if (!(value instanceof ObjectNode object)) {
                return value; // a wrapped reference to a simple type
            }
            merged.setAll(object);
        }
        return merged;
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(ITEMS_MAX), Math.max(least, ITEMS_MAX));
        var array = JSON.arrayNode();
        int size = depth > DEPTH_MAX ? least : random.nextInt(least, most + 1);
        for (int i = 0; i < size; i++) {
            array.add(value(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode object(JsonNode schema, int depth) {
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        var object = JSON.objectNode();
        schema.path("properties").forEachEntry((name, property) -> {
            if (required.contains(name) || (depth < DEPTH_MAX && random.nextInt(3) == 0)) {
                object.set(name, value(name, property, depth + 1));
            }
        });
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            for (int i = random.nextInt(3); i > 0; i--) {
                object.set("k" + i, value("", others, depth + 1));
            }
        }
        return object;
    }

    private String text(JsonNode schema) {
        if (schema.has("pattern")) {
            return PatternValues.matching(schema.path("pattern").asString(), random);
        }
        return switch (schema.path("format").asString("")) {
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" ->
                java.time.Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L))
                        .toString();
            case "byte" -> Base64.getEncoder().encodeToString(bytes(64));
            default ->
                PatternValues.matching(
                        "^[a-z0-9 ]{1,"
                                + Math.min(LENGTH_MAX, schema.path("maxLength").asInt(LENGTH_MAX)) + "}$",
                        random);
        };
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private long integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Math.max(least, Integer.MAX_VALUE));
        // Mostly small: a realm of five hundred vCPUs is legal, and every one of them takes its time.
        return random.nextInt(8) > 0
                ? random.nextLong(least, Math.min(most, least + 3) + 1)
                : random.nextLong(least, most);
    }

    private JsonNode any(JsonNode choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
