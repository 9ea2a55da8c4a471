package io.realmwright.deployerpolicy.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.realmwright.machine.host.HostProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that speaks host-agent's contract over real HTTP, with a real simulated machine behind it. A test can have it
 * answer something else, answer late, or not at all.
 */
public final class AgentStub implements AutoCloseable {
    public static final String MACHINE = "m0";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<JsonNode> launches = new CopyOnWriteArrayList<>();
    private final Queue<Disturbance> disturbances = new ArrayDeque<>();
    private final HostProfile profile;
    private final TokenForge forge;
    private AgentMachine machine;
    private volatile boolean paused;

    /** What the agent does in the place of its duty, once. */
    private record Disturbance(Predicate<String> call, Deed deed) {}

    /** Something that the agent does instead of answering properly. */
    @FunctionalInterface
    public interface Deed {
        /** Answers whether the agent goes on as if nothing had happened. */
        boolean disturb(HttpExchange exchange) throws IOException;
    }

    public AgentStub(HostProfile profile) {
        this(profile, new TokenForge());
    }

    public AgentStub(HostProfile profile, TokenForge forge) {
        this(profile, forge, null);
    }

    /** One that speaks TLS, and asks whoever calls for a certificate. */
    public AgentStub(HostProfile profile, SSLContext tls) {
        this(profile, new TokenForge(), tls);
    }

    private AgentStub(HostProfile profile, TokenForge forge, @Nullable SSLContext tls) {
        this.profile = profile;
        this.forge = forge;
        this.machine = new AgentMachine(profile, images, forge);
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = tls == null ? HttpServer.create(address, 0) : tlsServer(address, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer tlsServer(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = tls.getDefaultSSLParameters();
                asked.setNeedClientAuth(true);
                parameters.setSSLParameters(asked);
            }
        });
        return server;
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Every call so far, as {@code METHOD path}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The bodies of all launches so far. */
    public List<JsonNode> launches() {
        return List.copyOf(launches);
    }

    public Map<String, byte[]> images() {
        return images;
    }

    public UUID bootId() {
        return machine.bootId();
    }

    public long freeGranules() {
        return machine.freeGranules();
    }

    /** How many granules are in this state. */
    public long granules(String state) {
        return machine.granules(state);
    }

    /** Boots the machine anew: its realms are lost. */
    public synchronized void reboot() {
        machine = new AgentMachine(profile, images, forge);
    }

    /** Does something else at the next call that begins with {@code call}. */
    public void once(String call, Deed deed) {
        synchronized (disturbances) {
            disturbances.add(new Disturbance(text -> text.startsWith(call), deed));
        }
    }

    /** Answers the next call that begins with {@code call} with a problem. */
    public void refuseOnce(String call, int status, String slug, String members) {
        once(call, exchange -> {
            answer(exchange, status, "application/problem+json", problem(status, slug, members));
            return false;
        });
    }

    /** As {@link #refuseOnce}, for the next call that ends with {@code suffix}. */
    public void refuseOnceEndingWith(String suffix, int status, String slug, String members) {
        synchronized (disturbances) {
            disturbances.add(new Disturbance(call -> call.endsWith(suffix), exchange -> {
                answer(exchange, status, "application/problem+json", problem(status, slug, members));
                return false;
            }));
        }
    }

    /** Launches what the call asks for, and hangs up without an answer. */
    public synchronized void launchUnheard(HttpExchange exchange) throws IOException {
        JsonNode launch = JSON.readTree(exchange.getRequestBody().readAllBytes());
        launches.add(launch);
        machine.launch(launch);
        exchange.close();
    }

    /** Launches what the call asks for, and keeps its RIM to itself until the realm has run. */
    public synchronized void launchWithoutRim(HttpExchange exchange) throws IOException {
        JsonNode launch = JSON.readTree(exchange.getRequestBody().readAllBytes());
        launches.add(launch);
        AgentMachine.Reply reply = machine.launch(launch);
        String text = new String(reply.body(), StandardCharsets.UTF_8).replaceFirst("\"rim\":\"[0-9a-f]+\",", "");
        answer(exchange, reply.status(), reply.contentType(), text);
    }

    /** From now on every call is answered with 503, as by a proxy whose agent is away. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
    }

    static String problem(int status, String slug, String members) {
        return "{\"type\":\"/problems/%s\",\"status\":%d,\"title\":\"%s\",\"detail\":\"The agent says %s.\"%s}"
                .formatted(slug, status, slug, slug, members.isEmpty() ? "" : "," + members);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            calls.add(call);
            if (paused) {
                answer(exchange, 503, "text/plain", "away");
                return;
            }
            Deed deed = deedFor(call);
            if (deed == null || deed.disturb(exchange)) {
                serve(exchange);
            }
        }
    }

    private @Nullable Deed deedFor(String call) {
        synchronized (disturbances) {
            Disturbance next = disturbances.stream()
                    .filter(disturbance -> disturbance.call().test(call))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return null;
            }
            disturbances.remove(next);
            return next.deed();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        if (path[1].equals("images")) {
            serveImage(exchange, method, path[2], body);
        } else if (path[1].equals("machines") && path.length > 2 && path[2].equals(MACHINE)) {
            serveMachine(exchange, method, path, body);
        } else {
            answer(exchange, 404, "application/problem+json", problem(404, "not-found", ""));
        }
    }

    private void serveImage(HttpExchange exchange, String method, String sha256, byte[] body) throws IOException {
        switch (method) {
            case "HEAD" -> exchange.sendResponseHeaders(images.containsKey(sha256) ? 200 : 404, -1);
            case "PUT" -> exchange.sendResponseHeaders(images.put(sha256, body) == null ? 201 : 200, -1);
            default -> exchange.sendResponseHeaders(405, -1);
        }
    }

    private synchronized void serveMachine(HttpExchange exchange, String method, String[] path, byte[] body)
            throws IOException {
        AgentMachine.Reply reply;
        if (path.length == 3) {
            reply = machine.describe();
        } else if (path.length == 4 && method.equals("POST")) {
            JsonNode launch = JSON.readTree(body);
            launches.add(launch);
            reply = machine.launch(launch);
        } else if (path[3].equals("launches")) {
            reply = machine.revoke(path[4]);
        } else if (path.length == 5) {
            reply = method.equals("DELETE") ? machine.tearDown(path[4]) : machine.realm(path[4]);
        } else if (path[5].equals("trace.jsonl.gz")) {
            reply = machine.traceFile(path[4]);
        } else if (path[5].equals("trace")) {
            var query = UriComponentsBuilder.fromUri(exchange.getRequestURI())
                    .build()
                    .getQueryParams();
            reply = machine.trace(
                    path[4],
                    Integer.parseInt(String.valueOf(query.getFirst("offset"))),
                    Integer.parseInt(String.valueOf(query.getFirst("limit"))),
                    next -> exchange.getResponseHeaders().add("X-Next-Offset", next));
        } else if (path[5].equals("token")) {
            reply = machine.token(path[4], JSON.readTree(body));
        } else {
            reply = machine.about(path[4], path[5]);
        }
        answer(exchange, reply.status(), reply.contentType(), reply.body());
    }

    public static void answer(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        answer(exchange, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String contentType, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
