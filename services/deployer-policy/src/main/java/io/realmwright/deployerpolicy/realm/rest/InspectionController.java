package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.InvalidDocument;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.realm.Inspecting;
import io.realmwright.deployerpolicy.realm.Retracing;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.Memory;
import io.realmwright.deployerpolicy.realm.rest.TimelineBodies.Timeline;
import io.realmwright.deployerpolicy.rest.Paging;
import io.realmwright.deployerpolicy.spec.json.TracedCallDocument;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.spec.Violation;
import io.realmwright.machine.trace.TracedCall;
import io.realmwright.machine.trace.TracedCalls;
import io.realmwright.machine.trace.TracedMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    private final Inspecting inspecting;
    private final Retracing retracing;

    InspectionController(Inspecting inspecting, Retracing retracing) {
        this.inspecting = inspecting;
        this.retracing = retracing;
    }

    @GetMapping("/memory")
    Memory memory(@PathVariable String name, @RequestParam @Nullable Long call) {
        return Memory.of(
                call == null ? Inspections.seen(inspecting.inspect(name, Agents::memory)) : memoryAfter(name, call));
    }

    private List<MemoryRun> memoryAfter(String name, long call) {
        var fields = new Fields();
        if (call < 0) {
            fields.reject("call", "is not negative");
        }
        fields.throwIfAny();
        return switch (Inspections.seen(retracing.memoryAfter(name, call))) {
            case TracedMemory.Answer.Rebuilt(var runs) -> runs;
            case TracedMemory.Answer.NoSuchCall(var calls) -> throw behindTheEnd(calls);
            case TracedMemory.Answer.Unplayable(var line, var reason) -> throw unplayable(line, reason);
        };
    }

    private static InvalidDocument behindTheEnd(long calls) {
        return new InvalidDocument(List.of(new Violation(
                "call", calls == 0 ? "the trace has no call" : "the trace's last call is " + (calls - 1))));
    }

    private static ErrorResponseException unplayable(long line, String reason) {
        return Problem.TRACE_UNPLAYABLE.because("Line " + line + " of the trace: " + reason + ".");
    }

    @GetMapping("/timeline")
    Timeline timeline(
            @PathVariable String name,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        List<TracedCall> calls = calls(name);
        List<TracedCall> read = calls.stream()
                .dropWhile(call -> !paging.after().isEmpty()
                        && !String.valueOf(call.number()).equals(paging.after()))
                .skip(paging.after().isEmpty() ? 0 : 1)
                .limit(paging.limit())
                .toList();
        var page = paging.page(read, TracedCallDocument::of, call -> String.valueOf(call.number()));
        return new Timeline(page.elements(), calls.size(), page.nextPageToken());
    }

    private List<TracedCall> calls(String name) {
        return switch (Inspections.seen(retracing.calls(name))) {
            case TracedCalls.Answer.Listed(var calls) -> calls;
            case TracedCalls.Answer.Unreadable(var line, var reason) -> throw unplayable(line, reason);
        };
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
        var page = Inspections.seen(
                inspecting.inspect(name, (agents, host, realm) -> agents.trace(host, realm, offset, limit)));
        var answer = ResponseEntity.ok().contentType(JSON_LINES);
        if (!page.nextOffset().isEmpty()) {
            answer.header("X-Next-Offset", page.nextOffset());
        }
        return answer.body(page.lines());
    }

    /** The whole trace as a file that replays. */
    @GetMapping(path = "/trace.jsonl.gz", produces = "application/gzip")
    ResponseEntity<byte[]> traceFile(@PathVariable String name) {
        byte[] gzip = Inspections.seen(inspecting.inspect(name, Agents::trace));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".jsonl.gz\"")
                .body(gzip);
    }
}
