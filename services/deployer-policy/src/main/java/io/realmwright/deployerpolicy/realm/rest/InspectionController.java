package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.realm.Inspecting;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.Memory;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.Run;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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

    InspectionController(Inspecting inspecting) {
        this.inspecting = inspecting;
    }

    @GetMapping("/memory")
    Memory memory(@PathVariable String name) {
        var runs = Inspections.seen(inspecting.inspect(name, Agents::memory));
        return new Memory(runs.stream().map(Run::of).toList());
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
