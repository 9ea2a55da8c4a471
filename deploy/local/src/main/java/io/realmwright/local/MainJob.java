package io.realmwright.local;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The main job, by nothing but REST calls: policies are published, realms created on each host, and watched. */
final class MainJob {
    /** One for each profile; each has its name as its label {@code host}. */
    static final List<String> HOSTS = List.of("v14", "init-ripas", "v10");

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final JsonNode NONE = MissingNode.getInstance();
    private static final Set<String> ENDED = Set.of("DENIED", "FAILED", "LOST", "STOPPED");

    private final Api policyService;
    private final Examples examples;
    private final String prefix;
    private final Progress progress;

    /**
     * @param home the project's directory, where the examples are
     * @param prefix of the realms' names, so that they meet no others
     */
    MainJob(Api policyService, Path home, String prefix, Progress progress) {
        this.policyService = policyService;
        this.examples = new Examples(home);
        this.prefix = prefix;
        this.progress = progress;
    }

    /** A realm that was asked for, and as what. */
    private record Request(String name, ExamplePolicy policy, String guest, String hostProfile) {}

    /** One row for each policy × guest × host, in that order. */
    List<Row> run() {
        awaitHosts();
        List<ExamplePolicy> policies = publishPolicies();
        List<Request> requests = createRealms(policies);
        return await(requests);
    }

    /** Makes the machines of one agent the hosts of the job. */
    void registerHosts(URI agentUrl) {
        progress.say("registering hosts " + String.join(", ", HOSTS));
        for (String host : HOSTS) {
            policyService.put(
                    "/v1/hosts/" + host,
                    Map.of(
                            "agentUrl",
                            agentUrl.toString(),
                            "machine",
                            host,
                            "agentName",
                            LocalRun.AGENT_NAME,
                            "labels",
                            Map.of("host", host)));
        }
    }

    private void awaitHosts() {
        progress.say("waiting for the hosts");
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!HOSTS.stream().allMatch(this::isReady)) {
            if (System.nanoTime() > deadline) {
                throw new LocalRunException("the hosts do not become READY: see GET /v1/hosts");
            }
            Api.pause(PAUSE);
        }
    }

    /** What the host says that it is. */
    private String profileOf(String host) {
        return policyService
                .get("/v1/hosts/" + host)
                .path("report")
                .path("profile")
                .asString();
    }

    private boolean isReady(String host) {
        return policyService.get("/v1/hosts/" + host).path("status").asString().equals("READY");
    }

    private List<ExamplePolicy> publishPolicies() {
        List<ExamplePolicy> policies = examples.policies();
        progress.say("publishing " + policies.size() + " policies");
        for (ExamplePolicy policy : policies) {
            publish(policy);
        }
        return policies;
    }

    /** A policy that is there from an earlier time is published already. */
    private void publish(ExamplePolicy policy) {
        if (!policyService.has("/v1/policies/" + policy.name())) {
            Api.Answer created = policyService.post("/v1/policies", policy.document());
            policyService.post("/v1/policies/" + policy.name() + "/revisions/1/publish", Map.of(), created.etag());
        }
    }

    /** Deletes the realms of the job. */
    void cleanUp() {
        readRealms().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> policyService.delete("/v1/realms/" + name));
    }

    private List<Request> createRealms(List<ExamplePolicy> policies) {
        List<JsonNode> realms = examples.realms();
        List<Request> requests = new ArrayList<>();
        progress.say("creating " + policies.size() * realms.size() * HOSTS.size() + " realms");
        for (ExamplePolicy policy : policies) {
            for (JsonNode realm : realms) {
                for (String host : HOSTS) {
                    requests.add(create(policy, realm, host));
                }
            }
        }
        return requests;
    }

    private Request create(ExamplePolicy policy, JsonNode example, String host) {
        ObjectNode body = (ObjectNode) example.deepCopy();
        String guest = example.path("spec").path("guest").path("profile").asString();
        String name = prefix + policy.name() + "-" + example.path("name").asString() + "-" + host;
        body.put("name", name);
        body.put("policy", policy.name());
        body.set("hostSelector", JsonMapper.shared().valueToTree(Map.of("host", host)));
        policyService.post("/v1/realms", body);
        return new Request(name, policy, guest, profileOf(host));
    }

    private List<Row> await(List<Request> requests) {
        progress.say("waiting for their outcomes");
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            Map<String, JsonNode> realms = readRealms();
            List<Request> open = requests.stream()
                    .filter(request -> !isSettled(realms.getOrDefault(request.name(), NONE)))
                    .toList();
            if (open.isEmpty()) {
                progress.say("all " + requests.size() + " realms have come to an outcome");
                return requests.stream()
                        .map(request -> row(request, realms.getOrDefault(request.name(), NONE)))
                        .toList();
            }
            if (System.nanoTime() > deadline) {
                throw new LocalRunException(open.size() + " realms have no outcome, the first is "
                        + realms.getOrDefault(open.getFirst().name(), NONE));
            }
            Api.pause(PAUSE);
        }
    }

    private Map<String, JsonNode> readRealms() {
        Map<String, JsonNode> realms = new HashMap<>();
        String next = "";
        do {
            String token = next.isEmpty() ? "" : "&pageToken=" + next;
            JsonNode page = policyService.get("/v1/realms?pageSize=200" + token);
            page.path("realms").forEach(realm -> realms.put(realm.path("name").asString(), realm));
            next = page.path("nextPageToken").asString("");
        } while (!next.isEmpty());
        return realms;
    }

    private static boolean isSettled(JsonNode realm) {
        JsonNode status = realm.path("status");
        return status.has("outcome")
                || isUnplaceable(status)
                || ENDED.contains(status.path("phase").asString());
    }

    private static boolean isUnplaceable(JsonNode status) {
        return status.path("reason").asString("").equals("UNPLACEABLE");
    }

    private static Row row(Request request, JsonNode realm) {
        JsonNode status = realm.path("status");
        return new Row(
                request.policy(),
                request.guest(),
                request.hostProfile(),
                outcome(status),
                status.path("rim").asString(""),
                status.path("rmiCallsTotal").asLong(0));
    }

    private static String outcome(JsonNode status) {
        if (isUnplaceable(status)) {
            return "UNPLACEABLE(" + reasons(status.path("refusedHosts").path(0)) + ")";
        }
        JsonNode outcome = status.path("outcome");
        String kind = outcome.path("kind").asString("");
        return switch (kind) {
            case "" ->
                status.path("phase").asString() + "(" + status.path("reason").asString("") + ")";
            case "STALLED" -> "STALLED(" + outcome.path("reason").asString() + ")";
            case "FAULTED" ->
                "FAULTED(%s %s, %s, %s%s)"
                        .formatted(
                                outcome.path("access").asString(),
                                outcome.path("ipa").asString(),
                                outcome.path("hipas").asString(),
                                outcome.path("ripas").asString(),
                                outcome.path("visibleToHost").asBoolean() ? "" : ", not visible to the host");
            default -> kind;
        };
    }

    private static String reasons(JsonNode refused) {
        List<String> reasons = new ArrayList<>();
        refused.path("reasons").forEach(reason -> reasons.add(reason.asString()));
        return String.join(", ", reasons);
    }
}
