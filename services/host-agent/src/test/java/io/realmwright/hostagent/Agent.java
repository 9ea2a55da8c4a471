package io.realmwright.hostagent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service as it runs, over real HTTP. Every exchange is held against the contract. */
final class Agent implements AutoCloseable {
    /** A machine for each host profile: {@code old} is RMM 1.0, {@code plain} is v14, {@code rich} has INIT_RIPAS. */
    static final List<String> MACHINES = List.of(
            "--realmwright.agent.machines[0].name=old",
            "--realmwright.agent.machines[0].profile=rmm-1.0+kvm-rme-v10",
            "--realmwright.agent.machines[0].dram=1GB",
            "--realmwright.agent.machines[1].name=plain",
            "--realmwright.agent.machines[1].profile=rmm-2.0+kvm-rmi-v14",
            "--realmwright.agent.machines[1].dram=1GB",
            "--realmwright.agent.machines[2].name=rich",
            "--realmwright.agent.machines[2].profile=rmm-2.0+kvm-rmi-init-ripas",
            "--realmwright.agent.machines[2].dram=1GB");

    private final ConfigurableApplicationContext context;
    private final Database database;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    private Agent(ConfigurableApplicationContext context, Database database) {
        this.context = context;
        this.database = database;
        this.base = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port", Integer.class));
    }

    /** The agent in open mode that tests share which do not need one of their own. */
    static Agent shared() {
        return Shared.AGENT;
    }

    /** @param properties in the form {@code --name=value}; they replace those that every agent here has */
    static Agent start(Database database, String... properties) {
        var arguments = new LinkedHashMap<String, String>();
        Stream.of(
                        MACHINES,
                        List.of(
                                "--server.port=0",
                                "--spring.datasource.url=" + database.url(),
                                "--spring.datasource.username=postgres",
                                "--spring.main.banner-mode=off"),
                        List.of(properties))
                .flatMap(List::stream)
                .forEach(argument -> arguments.put(argument.substring(0, argument.indexOf('=')), argument));
        return new Agent(
                new SpringApplicationBuilder(HostAgentApplication.class)
                        .run(arguments.values().toArray(String[]::new)),
                database);
    }

    Database database() {
        return database;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    int port() {
        return base.getPort();
    }

    Answer get(String path) {
        return exchange(request(path).GET(), "");
    }

    Answer post(String path) {
        return exchange(request(path).POST(HttpRequest.BodyPublishers.noBody()), "");
    }

    Answer post(String path, String json) {
        return exchange(json(path).POST(HttpRequest.BodyPublishers.ofString(json)), json);
    }

    Answer put(String path, String json) {
        return exchange(json(path).PUT(HttpRequest.BodyPublishers.ofString(json)), json);
    }

    Answer delete(String path) {
        return exchange(request(path).DELETE(), "");
    }

    Answer head(String path) {
        return exchange(request(path).HEAD(), "");
    }

    Answer putBytes(String path, byte[] bytes) {
        return exchange(
                request(path)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)),
                "(bytes)");
    }

    /** Replays a trace on a fresh machine of the agent's. */
    Answer replay(String path, String trace) {
        return exchange(
                request(path)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(trace)),
                trace);
    }

    /** Replays a trace as it was downloaded. */
    Answer replayGzip(String path, byte[] gzip) {
        return exchange(
                request(path)
                        .header("Content-Type", "application/gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(gzip)),
                "(bytes)");
    }

    /** Uploads an image and answers its digest. */
    String image(byte[] bytes) {
        var digest = sha256(bytes);
        putBytes("/v1/images/" + digest, bytes);
        return digest;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    /** Sends a request and holds request and answer against the contract. */
    Answer exchange(HttpRequest.Builder builder, String body) {
        var request = builder.build();
        var answer = send(request);
        Contract.check(request, body, answer);
        return answer;
    }

    /** Sends a request that the contract knows nothing of. */
    Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    private static final class Shared {
        static final Agent AGENT = start(Database.create());
    }
}
