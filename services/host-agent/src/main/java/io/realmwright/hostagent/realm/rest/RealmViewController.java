package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.Hex;
import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.Inspection;
import io.realmwright.hostagent.realm.RealmInspector;
import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.host.MemoryRun;
import io.realmwright.machine.spec.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What one can look at in a realm from the host. */
@RestController
@RequestMapping("/v1/machines/{machine}/realms/{id}")
class RealmViewController {
    private static final int TRACE_LINES_DEFAULT = 1_000;
    private static final int TRACE_LINES_MAX = 10_000;
    private static final long OFFSET_MAX = 1_000_000_000;

    private final MachinePath path;
    private final RealmInspector inspector;

    RealmViewController(MachinePath path, RealmInspector inspector) {
        this.path = path;
        this.inspector = inspector;
    }

    @GetMapping("/memory")
    MemoryBody memory(@PathVariable String machine, @PathVariable String id) {
        var runs = seen(inspector.memory(path.resolve(machine), RealmPath.id(id)));
        return new MemoryBody(runs.stream().map(RunBody::of).toList());
    }

    @GetMapping("/measurements")
    MeasurementsBody measurements(@PathVariable String machine, @PathVariable String id) {
        return MeasurementsBody.of(seen(inspector.measurements(path.resolve(machine), RealmPath.id(id))));
    }

    @GetMapping(path = "/trace", produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<byte[]> trace(
            @PathVariable String machine,
            @PathVariable String id,
            @RequestParam @Nullable String offset,
            @RequestParam @Nullable String limit) {
        var resolved = path.resolve(machine);
        long first = Paging.number("offset", offset, 0, OFFSET_MAX, 0);
        int lines = (int) Paging.number("limit", limit, 1, TRACE_LINES_MAX, TRACE_LINES_DEFAULT);
        var page = inspector.trace(resolved, RealmPath.id(id), first, lines).orElseThrow(RealmPath::unknown);
        var answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON);
        page.nextOffset().ifPresent(next -> answer.header("X-Next-Offset", Long.toString(next)));
        var text = new StringBuilder();
        page.lines().forEach(line -> text.append(line).append('\n'));
        return answer.body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The whole trace as a file that replays. */
    @GetMapping(path = "/trace.jsonl.gz", produces = "application/gzip")
    ResponseEntity<byte[]> traceFile(@PathVariable String machine, @PathVariable String id) {
        var realm = RealmPath.id(id);
        byte[] gzip = inspector.trace(path.resolve(machine), realm).orElseThrow(RealmPath::unknown);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + realm + ".jsonl.gz\"")
                .body(gzip);
    }

    private static <T> T seen(Inspection<T> inspection) {
        return switch (inspection) {
            case Inspection.Seen<T>(var value) -> value;
            case Inspection.Gone<T>(var realm) ->
                throw Problem.REALM_GONE.because(
                        "The realm is " + realm.state() + "; what it was is in its record and its trace.",
                        Map.of("state", realm.state()));
            case Inspection.NoSuchRealm<T>() -> throw RealmPath.unknown();
        };
    }

    record MemoryBody(List<RunBody> runs) {}

    record RunBody(String base, String size, String hipas, String ripas) {
        static RunBody of(MemoryRun run) {
            var range = run.range();
            return new RunBody(Hex.of(range.start()), Hex.of(range.sizeBytes()), run.hipas(), run.ripas());
        }
    }

    record MeasurementsBody(HashAlgorithm hashAlgorithm, String rim, List<String> rems, boolean simulated) {
        static MeasurementsBody of(Measurements measurements) {
            return new MeasurementsBody(measurements.algorithm(), measurements.rim(), measurements.rems(), true);
        }
    }
}
