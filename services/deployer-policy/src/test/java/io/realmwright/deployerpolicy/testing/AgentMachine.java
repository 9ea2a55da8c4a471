package io.realmwright.deployerpolicy.testing;

import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.host.SimulatedHost;
import io.realmwright.machine.host.TokenAnswer;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One boot of a stub agent's machine and the realms on it. */
final class AgentMachine {
    private static final JsonMapper JSON = new JsonMapper();

    private final UUID bootId = UUID.randomUUID();
    private final SimulatedHost host;
    private final Map<String, byte[]> images;
    private final Map<String, AgentRealm> realms = new LinkedHashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final Map<String, String> realmsByLaunch = new LinkedHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // replies are never compared
    record Reply(int status, String contentType, byte[] body) {
        static Reply text(int status, String contentType, String body) {
            return new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8));
        }

        static Reply json(int status, Object document) {
            return text(status, "application/json", JSON.writeValueAsString(document));
        }

        static Reply problem(int status, String slug, String members) {
            return text(status, "application/problem+json", AgentStub.problem(status, slug, members));
        }
    }

    private static final class AgentRealm {
        final String id = UUID.randomUUID().toString();
        final String launchId;
        final RealmVm vm;
        final String rim;
        final List<String> trace;
        String state = "ACTIVE";

        @Nullable
        Outcome outcome;

        AgentRealm(String launchId, RealmVm vm, List<String> trace) {
            this.launchId = launchId;
            this.vm = vm;
            this.trace = trace;
            this.rim = vm.measurements().rim();
        }
    }

    AgentMachine(HostProfile profile, Map<String, byte[]> images, TokenForge firmware) {
        this.host = SimulatedHost.boot(new HostConfig(profile, HostConfig.GIB, 1), firmware);
        this.images = images;
    }

    UUID bootId() {
        return bootId;
    }

    long freeGranules() {
        return host.freeGranules();
    }

    long granules(String state) {
        return host.granulesByState().getOrDefault(state, 0L);
    }

    Reply describe() {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("name", AgentStub.MACHINE);
        machine.put("profile", host.profile().profileName());
        machine.put("rmmVersion", host.profile().rmmVersion());
        machine.put("simulated", true);
        machine.put("bootId", bootId.toString());
        machine.put("bootedAt", "2026-11-22T10:00:00Z");
        machine.put("dramBytes", "0x" + Long.toHexString(HostConfig.GIB));
        machine.put(
                "features",
                host.features().stream()
                        .map(value -> "0x" + Long.toHexString(value))
                        .toList());
        machine.put("granules", host.granulesByState());
        machine.put("freeGranules", host.freeGranules());
        machine.put("leakedGranules", host.leakedGranules());
        machine.put("freeVmids", host.freeVmids());
        machine.put("realms", realms.size());
        machine.put(
                "capabilities",
                Map.of(
                        "ripasModes", List.of("HOST_ALL_MEMSLOTS"),
                        "verdicts", List.of("ACCEPT", "WITHHOLD"),
                        "hashAlgorithms", List.of("SHA_256"),
                        "rpv", host.profile().canSetRpv()));
        machine.put("somethingNew", "that this service does not know yet");
        return Reply.json(200, machine);
    }

    Reply launch(JsonNode launch) {
        String launchId = launch.path("launchId").asString();
        if (revoked.contains(launchId)) {
            return Reply.problem(409, "launch-revoked", "");
        }
        String known = realmsByLaunch.get(launchId);
        if (known != null) {
            return realm(known);
        }
        RealmSpec spec =
                JSON.treeToValue(launch.path("spec"), RealmSpecDocument.class).readStored();
        if (!spec.images().stream().allMatch(image -> images.containsKey(image.sha256()))) {
            return Reply.problem(422, "unknown-image", "");
        }
        LaunchPlan plan =
                JSON.treeToValue(launch.path("plan"), LaunchPlanDocument.class).readStored();
        List<String> trace = new ArrayList<>();
        return switch (host.launch(
                spec, plan, sha256 -> Optional.ofNullable(images.get(sha256)), LaunchObserver.NONE, trace::add)) {
            case LaunchResult.Launched(var vm) -> {
                var realm = new AgentRealm(launchId, vm, trace);
                realms.put(realm.id, realm);
                realmsByLaunch.put(launchId, realm.id);
                yield Reply.json(201, document(realm));
            }
            case LaunchResult.RefusedByRmm refused ->
                Reply.problem(409, "rmi-refused", "\"step\":\"" + refused.step() + "\"");
            case LaunchResult.OutOfGranules _ -> Reply.problem(409, "out-of-granules", "");
            case LaunchResult.OutOfVmids _ -> Reply.problem(409, "out-of-vmids", "");
            case LaunchResult.Unavailable(var reasons) ->
                Reply.problem(409, "plan-unavailable", "\"reasons\":" + JSON.writeValueAsString(reasons));
            case LaunchResult.Invalid(var violations) ->
                Reply.problem(422, "invalid-request", "\"errors\":" + JSON.writeValueAsString(violations));
        };
    }

    Reply revoke(String launchId) {
        revoked.add(launchId);
        String realm = realmsByLaunch.get(launchId);
        if (realm != null) {
            tearDown(realm);
        }
        return Reply.json(200, Map.of("launchId", launchId));
    }

    Reply realm(String id) {
        AgentRealm realm = realms.get(id);
        return realm == null ? Reply.problem(404, "unknown-realm", "") : Reply.json(200, document(realm));
    }

    Reply tearDown(String id) {
        AgentRealm realm = realms.get(id);
        if (realm != null && !realm.state.equals("STOPPED")) {
            realm.vm.destroy();
            realm.state = "STOPPED";
        }
        return realm(id);
    }

    /** A page of a realm's trace, which outlives the realm. */
    Reply trace(String id, int offset, int limit, Consumer<String> nextOffset) {
        AgentRealm realm = realms.get(id);
        if (realm == null) {
            return Reply.problem(404, "unknown-realm", "");
        }
        int end = Math.min(realm.trace.size(), offset + limit);
        if (end < realm.trace.size()) {
            nextOffset.accept(String.valueOf(end));
        }
        return Reply.text(200, "application/x-ndjson", lines(realm.trace.subList(Math.min(offset, end), end)));
    }

    /** The whole trace of a realm, which outlives the realm. */
    Reply traceFile(String id) {
        AgentRealm realm = realms.get(id);
        if (realm == null) {
            return Reply.problem(404, "unknown-realm", "");
        }
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(lines(realm.trace).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(200, "application/gzip", compressed.toByteArray());
    }

    private static String lines(List<String> trace) {
        return trace.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    Reply about(String id, String what) {
        AgentRealm realm = realms.get(id);
        if (realm == null) {
            return Reply.problem(404, "unknown-realm", "");
        }
        if (realm.state.equals("STOPPED")) {
            return Reply.problem(409, what.equals("run") ? "realm-not-runnable" : "realm-gone", "");
        }
        return switch (what) {
            case "run" -> {
                realm.outcome = realm.vm.run();
                realm.state = "RUNNING";
                yield Reply.json(200, document(realm));
            }
            case "memory" ->
                Reply.json(
                        200,
                        Map.of(
                                "runs",
                                realm.vm.memory().stream()
                                        .map(run -> Map.of(
                                                "base",
                                                "0x"
                                                        + Long.toHexString(
                                                                run.range().start()),
                                                "size",
                                                "0x"
                                                        + Long.toHexString(
                                                                run.range().sizeBytes()),
                                                "hipas",
                                                run.hipas(),
                                                "ripas",
                                                run.ripas()))
                                        .toList()));
            case "measurements" -> {
                var measured = realm.vm.measurements();
                yield Reply.json(
                        200,
                        Map.of(
                                "hashAlgorithm", measured.algorithm(),
                                "rim", measured.rim(),
                                "rems", measured.rems(),
                                "simulated", true));
            }
            default -> Reply.problem(404, "not-found", "");
        };
    }

    Reply token(String id, JsonNode request) {
        AgentRealm realm = realms.get(id);
        if (realm == null) {
            return Reply.problem(404, "unknown-realm", "");
        }
        byte[] challenge = HexFormat.of().parseHex(request.path("challenge").asString());
        return switch (realm.vm.attest(challenge)) {
            case TokenAnswer.Made(byte[] token) ->
                Reply.json(200, Map.of("realm", id, "token", token, "simulated", true));
            case TokenAnswer.NotRunning(var outcome) -> {
                realm.outcome = outcome;
                yield Reply.problem(409, "realm-not-running", "");
            }
            case TokenAnswer.NoAttestationStep() -> Reply.problem(422, "no-attestation-step", "");
            case TokenAnswer.RefusedByRmm _, TokenAnswer.TooLong _ -> Reply.problem(409, "token-not-made", "");
        };
    }

    private Map<String, @Nullable Object> document(AgentRealm realm) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("id", realm.id);
        document.put("launchId", realm.launchId);
        document.put("bootId", bootId.toString());
        document.put("state", realm.state);
        document.put("rim", realm.rim);
        document.put(
                "rmiCallsTotal",
                realm.vm.rmiCalls().values().stream().mapToLong(Long::longValue).sum());
        document.put("outcome", realm.outcome == null ? null : outcome(realm.outcome));
        document.put("simulated", true);
        return document;
    }

    private static JsonNode outcome(Outcome outcome) {
        return JSON.readTree(JSON.writerFor(OutcomeDocument.class).writeValueAsString(OutcomeDocument.of(outcome)));
    }
}
