package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.realm.Inspecting;
import io.realmwright.deployerpolicy.realm.Inspecting.Inspection;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.MeasurementsBody;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.Memory;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.Run;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What only the agent of a realm's host knows. */
@RestController
@RequestMapping("/v1/realms/{name}")
class InspectionController {
    private static final MediaType JSON_LINES = MediaType.parseMediaType("application/x-ndjson");
    private static final int LINES_MAX = 10_000;
    private static final int NOT_FOUND = 404;

    private final Inspecting inspecting;

    InspectionController(Inspecting inspecting) {
        this.inspecting = inspecting;
    }

    @GetMapping("/memory")
    Memory memory(@PathVariable String name) {
        var runs = seen(inspecting.inspect(name, Agents::memory));
        return new Memory(runs.stream().map(Run::of).toList());
    }

    @GetMapping("/measurements")
    MeasurementsBody measurements(@PathVariable String name) {
        return MeasurementsBody.of(seen(inspecting.inspect(name, Agents::measurements)));
    }

    @GetMapping("/trace")
    ResponseEntity<String> trace(
            @PathVariable String name,
            @RequestParam(defaultValue = "0") long offset,
            @RequestParam(defaultValue = "1000") int limit) {
        var fields = new Fields();
        if (offset < 0) {
            fields.reject("offset", "is not negative");
        }
        fields.integer("limit", limit, 1, 1, LINES_MAX);
        fields.throwIfAny();
        var page = seen(inspecting.inspect(name, (agents, host, realm) -> agents.trace(host, realm, offset, limit)));
        var answer = ResponseEntity.ok().contentType(JSON_LINES);
        if (!page.nextOffset().isEmpty()) {
            answer.header("X-Next-Offset", page.nextOffset());
        }
        return answer.body(page.lines());
    }

    /** The whole trace as a file that replays. */
    @GetMapping(path = "/trace.jsonl.gz", produces = "application/gzip")
    ResponseEntity<byte[]> traceFile(@PathVariable String name) {
        byte[] gzip = seen(inspecting.inspect(name, Agents::trace));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".jsonl.gz\"")
                .body(gzip);
    }

    private static <T> T seen(Inspection<T> inspection) {
        return switch (inspection) {
            case Inspection.Seen<T>(var value) -> value;
            case Inspection.UnknownRealm<T>(var name) -> throw RealmController.unknown(name);
            case Inspection.NotLaunched<T>(var phase) ->
                throw Problem.REALM_NOT_LAUNCHED.because("No host has it: its phase is " + phase + ".");
            case Inspection.NotSeen<T>(var answer) -> throw problem(answer);
        };
    }

    private static ErrorResponseException problem(AgentAnswer<?> answer) {
        return switch (answer) {
            case AgentAnswer.Ok<?> _ -> throw new IllegalStateException("an answer is no problem");
            case AgentAnswer.NoAnswer<?>(var reason, var message) ->
                Problem.HOST_UNREACHABLE.because(message, Map.of("reason", reason));
            case AgentAnswer.Refused<?>(var refusal)
            when refusal.is("realm-gone") || refusal.status() == NOT_FOUND ->
                Problem.REALM_GONE.because(refusal.detail());
            case AgentAnswer.Refused<?>(var refusal) -> refused(refusal);
        };
    }

    private static ErrorResponseException refused(AgentProblem refusal) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("agentStatus", refusal.status());
        properties.put("agentProblem", refusal.slug());
        if (refusal.rmi() != null) {
            properties.put("rmi", RefusalDocument.of(refusal.rmi()));
        }
        return Problem.HOST_REFUSED.because(refusal.detail(), properties);
    }
}
