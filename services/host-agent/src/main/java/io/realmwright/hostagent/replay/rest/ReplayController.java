package io.realmwright.hostagent.replay.rest;

import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.replay.ReplayProperties;
import io.realmwright.machine.trace.Replay;
import io.realmwright.machine.trace.ReplayResult;
import java.io.InputStream;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replays a trace. It plays on a fresh machine of the kind that the trace names; the machine in the path is not touched
 * and nobody waits for it.
 */
@RestController
@RequestMapping("/v1/machines/{machine}/replay")
class ReplayController {
    private final MachinePath path;
    private final ReplayProperties properties;

    ReplayController(MachinePath path, ReplayProperties properties) {
        this.path = path;
        this.properties = properties;
    }

    @PostMapping(consumes = {"application/x-ndjson", "application/gzip"})
    ReplayBody replay(@PathVariable String machine, InputStream trace) {
        path.resolve(machine);
        return switch (Replay.of("trace", trace, properties.limits())) {
            case ReplayResult.Agreed(var report) -> ReplayBody.of(ReplayBody.Result.AGREED, report);
            case ReplayResult.Differs(var report) -> ReplayBody.of(ReplayBody.Result.DIFFERS, report);
            case ReplayResult.Unreadable(var _, var line, var reason) ->
                throw Problem.UNREADABLE_TRACE.because(
                        line == 0 ? "The trace: " + reason : "Line " + line + ": " + reason, Map.of("line", line));
        };
    }
}
