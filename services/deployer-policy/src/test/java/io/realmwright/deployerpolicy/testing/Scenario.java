package io.realmwright.deployerpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmwright.machine.host.HostProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Hosts, policies and realms of one test. Its label keeps them apart from those of every other test. */
public final class Scenario implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static final String HOST_ALL = "{\"kind\":\"HOST_ALL_MEMSLOTS\"}";
    public static final String GUEST_DECLARES = "{\"kind\":\"GUEST_DECLARES\"}";

    private final Client client;
    private final int number;
    private final List<AgentStub> agents = new ArrayList<>();
    private final List<String> registered = new ArrayList<>();
    private final TokenForge forge;

    public Scenario(Client client) {
        this(client, COUNT.incrementAndGet(), new TokenForge());
    }

    private Scenario(Client client, int number, TokenForge forge) {
        this.client = client;
        this.number = number;
        this.forge = forge;
    }

    /** The same scenario, seen through another client. */
    public Scenario with(Client other) {
        return new Scenario(other, number, forge);
    }

    /** The firmware of every host of this scenario. */
    public TokenForge forge() {
        return forge;
    }

    /** A name that no other test uses. */
    public String name(String suffix) {
        return "t" + number + "-" + suffix;
    }

    /** The value of the label {@code scenario} that realms and hosts of this scenario carry. */
    public int number() {
        return number;
    }

    /** The selector of this scenario's hosts. */
    public String hosts() {
        return "{\"scenario\":\"" + number + "\"}";
    }

    /** Registers a host and waits until it is ready. */
    public AgentStub host(String name, HostProfile profile) {
        var agent = agent(profile);
        register(name, agent.url());
        awaitHost(name, host -> host.path("status").asString().equals("READY"));
        return agent;
    }

    /** An agent that is not registered. */
    public AgentStub agent(HostProfile profile) {
        var agent = new AgentStub(profile, forge);
        agents.add(agent);
        return agent;
    }

    public Answer register(String name, String url) {
        var answer = client.put("/v1/hosts/" + name(name), """
                {"agentUrl":"%s","machine":"m0","labels":%s}""".formatted(url, hosts()));
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        registered.add(name(name));
        return answer;
    }

    public JsonNode awaitHost(String name, Predicate<JsonNode> condition) {
        return await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/v1/hosts/" + name(name)).json(), condition);
    }

    /** Creates and publishes a policy of one rule that allows everything in this way. */
    public String policy(String name, String mode, String verdict) {
        return rules(name, rule("only", "true", allow(mode, verdict)));
    }

    /** Creates and publishes a policy with these rules, which only realms that name it get. */
    public String rules(String name, String... rules) {
        var created = client.post("/v1/policies", """
                {"name":"%s","description":"of a test","rules":[%s]}""".formatted(name(name), String.join(",", rules)));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var published = client.post(
                "/v1/policies/" + name(name) + "/revisions/1/publish", "", "If-Match", created.header("ETag"));
        assertThat(published.status()).as(published.text()).isEqualTo(200);
        return name(name);
    }

    public static String rule(String name, String when, String effect) {
        return "{\"name\":\"%s\",\"when\":\"%s\",\"effect\":%s}"
                .formatted(name, when.replace("\"", "\\\"").replace("\n", "\\n"), effect);
    }

    public static String allow(String mode, String verdict) {
        return "{\"kind\":\"ALLOW\",\"ripasMode\":%s,\"verdict\":{\"kind\":\"%s\"}}".formatted(mode, verdict);
    }

    public static String deny(String message) {
        return "{\"kind\":\"DENY\",\"message\":\"%s\"}".formatted(message);
    }

    /** A realm of 16 MiB with a generated image of 64 KiB in its low part. */
    public static String spec(String guestProfile) {
        return """
                {"memslots":[{"base":"0x80000000","size":"0x1000000"}],
                 "images":[{"generated":{"seed":7,"size":"0x10000"},"ipa":"0x80000000"}],
                 "guest":{"profile":"%s"}}""".formatted(guestProfile);
    }

    public String realm(String name, String policy, String spec) {
        return realm(name, policy, spec, "");
    }

    /** The body of a realm, with further members, each with a comma before it. */
    public String realm(String name, String policy, String spec, String more) {
        return """
                {"name":"%s","policy":"%s","hostSelector":%s,"labels":{"scenario":"%d"},"spec":%s%s}""".formatted(name(name), policy, hosts(), number, spec, more);
    }

    /** Has a realm decided about, and not created. */
    public JsonNode decide(String policy, String spec) {
        var answer = client.post("/v1/decisions", realm("r", policy, spec));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    public JsonNode create(String name, String policy, String spec, String more) {
        var answer = client.post("/v1/realms", realm(name, policy, spec, more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    public JsonNode create(String name, String policy, String spec) {
        return create(name, policy, spec, "");
    }

    public JsonNode get(String name) {
        return client.get("/v1/realms/" + name(name)).json();
    }

    public JsonNode awaitRealm(String name, Predicate<JsonNode> condition) {
        return await(name).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> get(name), condition);
    }

    public JsonNode awaitPhase(String name, String phase) {
        return awaitRealm(
                name, realm -> realm.path("status").path("phase").asString("").equals(phase));
    }

    /** Waits until the realm's run has come to an outcome. */
    public void awaitGone(String name) {
        await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.get("/v1/realms/" + name(name)).status() == 404);
    }

    public JsonNode awaitOutcome(String name) {
        return awaitRealm(name, realm -> realm.path("status").has("outcome"));
    }

    /** Takes the realms and hosts away, so that the service does not go on polling them, and then the agents. */
    @Override
    public void close() {
        await().atMost(PATIENCE).until(this::deleteRealms);
        registered.forEach(host -> client.delete("/v1/hosts/" + host));
        agents.forEach(AgentStub::close);
    }

    private boolean deleteRealms() {
        var realms = client.get("/v1/realms?label=scenario=" + number).json().path("realms");
        realms.forEach(realm -> client.delete("/v1/realms/" + realm.path("name").asString()));
        return realms.isEmpty();
    }
}
