package io.realmwright.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of a Kubernetes API as Helm needs to install, upgrade, list and uninstall: it keeps what it is given. It is no
 * cluster. Nothing is admitted, defaulted, scheduled or made ready, and a patch replaces lists as a whole.
 */
final class FakeCluster implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    /** Path of the group and version, and its resources with their kinds. */
    private static final Map<String, Map<String, String>> RESOURCES = Map.of(
            "api/v1",
            Map.of(
                    "secrets", "Secret",
                    "configmaps", "ConfigMap",
                    "services", "Service",
                    "serviceaccounts", "ServiceAccount",
                    "pods", "Pod"),
            "apis/apps/v1",
            Map.of("deployments", "Deployment", "statefulsets", "StatefulSet"),
            "apis/policy/v1",
            Map.of("poddisruptionbudgets", "PodDisruptionBudget"),
            "apis/networking.k8s.io/v1",
            Map.of("networkpolicies", "NetworkPolicy", "ingresses", "Ingress"));

    private final SortedMap<String, JsonNode> objects = Collections.synchronizedSortedMap(new TreeMap<>());
    private final HttpServer server;

    FakeCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String kubeConfig() {
        return """
                {"apiVersion": "v1", "kind": "Config", "current-context": "fake",
                 "clusters": [{"name": "fake", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "contexts": [{"name": "fake", "context": {"cluster": "fake", "user": "fake", "namespace": "realms"}}],
                 "users": [{"name": "fake", "user": {"token": "fake"}}]}
                """.formatted(server.getAddress().getPort());
    }

    /** What is in the cluster, as {@code kind/name}; without Helm's own records. */
    List<String> contents() {
        return objects.values().stream()
                .filter(object -> !object.path("type").asString().startsWith("helm.sh/"))
                .map(object -> object.path("kind").asString() + "/"
                        + object.at("/metadata/name").asString())
                .sorted()
                .toList();
    }

    JsonNode object(String kind, String name) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asString().equals(kind)
                        && object.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath().substring(1);
        Answer answer = discovery(path).orElse(null);
        if (answer == null) {
            answer = switch (exchange.getRequestMethod()) {
                case "GET" -> isList(path) ? list(path, exchange.getRequestURI().getRawQuery()) : found(path);
                case "POST" -> created(path, read(exchange, body, path));
                case "PUT" -> stored(200, path, read(exchange, body, path));
                case "PATCH" -> patched(path, JSON.readTree(body));
                case "DELETE" -> deleted(path);
                default -> status(405, "MethodNotAllowed");
            };
        }
        byte[] sent = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), sent.length);
        exchange.getResponseBody().write(sent);
        exchange.close();
    }

    private record Answer(int code, JsonNode body) {}

    private static Optional<Answer> discovery(String path) {
        if (path.equals("version")) {
            return Optional.of(new Answer(200, json("{'major': '1', 'minor': '34', 'gitVersion': 'v1.34.0'}")));
        }
        if (path.equals("api")) {
            return Optional.of(new Answer(200, json("{'kind': 'APIVersions', 'versions': ['v1']}")));
        }
        if (path.equals("apis")) {
            var groups = json("{'kind': 'APIGroupList', 'apiVersion': 'v1', 'groups': []}");
            RESOURCES.keySet().stream()
                    .filter(group -> group.startsWith("apis/"))
                    .forEach(group -> {
                        String[] parts = group.split("/", -1);
                        String version =
                                "{'groupVersion': '%s/%s', 'version': '%s'}".formatted(parts[1], parts[2], parts[2]);
                        groups.withArray("groups")
                                .add(json("{'name': '%s', 'versions': [%s], 'preferredVersion': %s}"
                                        .formatted(parts[1], version, version)));
                    });
            return Optional.of(new Answer(200, groups));
        }
        return Optional.ofNullable(RESOURCES.get(path)).map(kinds -> new Answer(200, resources(path, kinds)));
    }

    private static ObjectNode resources(String group, Map<String, String> kinds) {
        var list = json("{'kind': 'APIResourceList', 'apiVersion': 'v1', 'groupVersion': '%s', 'resources': []}"
                .formatted(group.replaceFirst("^apis?/", "")));
        kinds.forEach((plural, kind) -> list.withArray("resources")
                .add(json(("{'name': '%s', 'kind': '%s', 'namespaced': true,"
                                + " 'verbs': ['create', 'delete', 'get', 'list', 'patch', 'update']}")
                        .formatted(plural, kind))));
        return list;
    }

    private static boolean isList(String path) {
        return RESOURCES.values().stream()
                .flatMap(resources -> resources.keySet().stream())
                .anyMatch(plural -> path.endsWith("/" + plural));
    }

    private static String kind(String path) {
        return RESOURCES.values().stream()
                .flatMap(resources -> resources.entrySet().stream())
                .filter(resource -> path.contains("/" + resource.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** A list is of the kind of its elements, or Helm sees none of them. */
    private Answer list(String path, String query) {
        var list = json("{'kind': '%sList', 'apiVersion': 'v1', 'metadata': {}, 'items': []}".formatted(kind(path)));
        List<String> selector = selector(query);
        objects.forEach((key, object) -> {
            boolean isSelected = selector.stream()
                    .map(term -> term.split("=", 2))
                    .allMatch(term -> object.at("/metadata/labels")
                            .path(term[0])
                            .asString()
                            .equals(term[1]));
            if (key.startsWith(path + "/") && isSelected) {
                list.withArray("items").add(object);
            }
        });
        return new Answer(200, list);
    }

    private static List<String> selector(String query) {
        return Stream.ofNullable(query)
                .flatMap(text -> Arrays.stream(text.split("&", -1)))
                .filter(parameter -> parameter.startsWith("labelSelector="))
                .map(parameter ->
                        URLDecoder.decode(parameter.substring("labelSelector=".length()), StandardCharsets.UTF_8))
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .filter(term -> term.contains("="))
                .toList();
    }

    private Answer found(String path) {
        return objects.containsKey(path) ? new Answer(200, objects.get(path)) : status(404, "NotFound");
    }

    private Answer created(String path, ObjectNode object) {
        String key = path + "/" + object.at("/metadata/name").asString();
        return objects.containsKey(key) ? status(409, "AlreadyExists") : stored(201, key, object);
    }

    private Answer stored(int code, String key, ObjectNode object) {
        objects.put(key, object);
        return new Answer(code, object);
    }

    private Answer patched(String path, JsonNode patch) {
        return objects.containsKey(path)
                ? stored(200, path, (ObjectNode) merged(objects.get(path), patch))
                : status(404, "NotFound");
    }

    /** RFC 7396. */
    private static JsonNode merged(JsonNode present, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = present.isObject() ? (ObjectNode) present.deepCopy() : JSON.createObjectNode();
        patch.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else if (!change.getKey().startsWith("$")) { // strategic merge's own directives
                result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
            }
        });
        return result;
    }

    private Answer deleted(String path) {
        return objects.remove(path) == null ? status(404, "NotFound") : status(200, "");
    }

    private static Answer status(int code, String reason) {
        return new Answer(
                code,
                json("{'kind': 'Status', 'apiVersion': 'v1', 'status': '%s', 'reason': '%s', 'code': %d}"
                        .formatted(code < 300 ? "Success" : "Failure", reason, code)));
    }

    /** Helm sends its records, which are Secrets, in Kubernetes' protobuf, and everything else as JSON. */
    private static ObjectNode read(HttpExchange exchange, byte[] body, String path) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        var object = PROTOBUF.equals(type) ? ProtobufSecret.read(body) : (ObjectNode) JSON.readTree(body);
        return object.put("kind", kind(path));
    }

    private static ObjectNode json(String singleQuoted) {
        return (ObjectNode) JSON.readTree(singleQuoted.replace('\'', '"'));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
