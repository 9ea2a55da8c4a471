package io.realmwright.fuzz;

import io.realmwright.fuzz.ApiContract.Operation;
import io.realmwright.fuzz.ApiContract.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Makes one request from one seed: first a right one, then, mostly, something wrong with it. */
final class RequestMaker {
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/x-yaml",
            "application/yaml",
            "application/gzip",
            "*/*",
            "/",
            "json",
            "application/json,application/json");
    private static final List<String> ACCEPTS = List.of("application/xml", "nonsense", "*/*;q=0", "text/html", "");

    private final SchemaValues values;
    private final BodyMutation mutation;
    private final RandomGenerator random;
    private boolean isProtocolBroken;

    RequestMaker(ApiContract contract, Hints hints, RandomGenerator random) {
        this.values = new SchemaValues(contract, hints, random);
        this.mutation = new BodyMutation(random);
        this.random = random;
    }

    /** Whether the request breaks HTTP itself, so that it may be refused before the service sees it. */
    boolean isProtocolBroken() {
        return isProtocolBroken;
    }

    RawHttp.Request make(Operation operation, boolean valid) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        String target = target(operation, valid, headers);
        byte[] body = body(operation, valid, headers);
        if (!valid && random.nextInt(8) == 0) {
            headers.add(strangeHeader());
        }
        return new RawHttp.Request(operation.method(), target, headers, body);
    }

    private String target(Operation operation, boolean valid, List<Map.Entry<String, String>> headers) {
        String path = operation.path();
        var query = new ArrayList<String>();
        for (ApiContract.Parameter parameter : operation.parameters()) {
            boolean hostile = !valid && random.nextInt(4) == 0;
            String value = hostile ? Hostile.text(random) : values.parameter(operation, parameter);
            boolean present = parameter.required() || hostile || random.nextInt(3) == 0;
            if (parameter.place() == Place.PATH) {
                path = path.replace("{" + parameter.name() + "}", encoded(value, hostile));
            } else if (parameter.place() == Place.QUERY && present) {
                query.add(parameter.name() + "=" + encoded(value, hostile));
                if (hostile && random.nextBoolean()) {
                    query.add(parameter.name() + "=" + encoded(values.parameter(operation, parameter), false));
                }
            } else if (parameter.place() == Place.HEADER && (present || random.nextBoolean())) {
                headers.add(Map.entry(parameter.name(), headerValue(value)));
            }
        }
        if (!valid && random.nextInt(10) == 0) {
            query.add(encoded(Hostile.text(random), true) + "=" + encoded(Hostile.text(random), true));
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /** Percent-encoded as it should be; a hostile one now and then not, or twice. */
    private String encoded(String value, boolean hostile) {
        String shortEnough = value.substring(0, Math.min(value.length(), 1_500));
        // Tomcat itself refuses these, with a page of its own, before any operation is looked for.
        isProtocolBroken |= hostile && (value.length() > 500 || value.matches("(?s).*[\\x00/\\\\%;].*"));
        String encoded = URLEncoder.encode(shortEnough, StandardCharsets.UTF_8).replace("+", "%20");
        if (!hostile || random.nextInt(4) > 0) {
            return encoded;
        }
        isProtocolBroken = true;
        return random.nextBoolean()
                ? "%zz%" + encoded
                : value.replaceAll("[ \\r\\n]", "").concat("{}|^");
    }

    private String headerValue(String value) {
        boolean isPlain = value.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && value.length() < 4_000;
        isProtocolBroken |= !isPlain;
        return value.replaceAll("[\\r\\n]", "\t");
    }

    private Map.Entry<String, String> strangeHeader() {
        isProtocolBroken = true;
        return switch (random.nextInt(7)) {
            case 0 -> Map.entry("X-Padding", "x".repeat(random.nextInt(1, 20_000)));
            case 1 -> Map.entry("Accept", ACCEPTS.get(random.nextInt(ACCEPTS.size())));
            case 2 -> Map.entry("X-Realmwright-Actor", headerValue(Hostile.text(random)));
            case 3 -> Map.entry("Authorization", "Bearer " + headerValue(Hostile.text(random)));
            case 4 -> Map.entry("Accept-Encoding", "nonsense, gzip;q=2");
            case 5 -> Map.entry("traceparent", "00-" + headerValue(Hostile.text(random)) + "-01");
            default -> Map.entry("X-HTTP-Method-Override", "DELETE");
        };
    }

    private byte[] body(Operation operation, boolean valid, List<Map.Entry<String, String>> headers) {
        if (operation.bodies().isEmpty()) {
            if (valid || random.nextInt(4) > 0) {
                return new byte[0];
            }
            headers.add(Map.entry("Content-Type", "application/json"));
            return mutation.broken("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        List<Map.Entry<String, JsonNode>> bodies =
                List.copyOf(operation.bodies().entrySet());
        Map.Entry<String, JsonNode> chosen = bodies.get(random.nextInt(bodies.size()));
        String type = chosen.getKey();
        boolean isWrongType = !valid && random.nextInt(8) == 0;
        if (!isWrongType || random.nextBoolean()) {
            headers.add(Map.entry(
                    "Content-Type", isWrongType ? CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size())) : type));
        }
        JsonNode right = values.body(chosen.getValue());
        if (!type.contains("json") && !type.contains("yaml")) {
            byte[] bytes = right.asString().getBytes(StandardCharsets.UTF_8);
            return valid ? bytes : mutation.broken(bytes);
        }
        if (valid) {
            return mutation.write(right);
        }
        return switch (random.nextInt(5)) {
            case 0 -> mutation.broken(mutation.write(right));
            case 1 -> mutation.write(right);
            default -> mutation.write(mutation.mutated(right));
        };
    }
}
