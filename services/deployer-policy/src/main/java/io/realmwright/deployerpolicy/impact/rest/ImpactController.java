package io.realmwright.deployerpolicy.impact.rest;

import io.realmwright.deployerpolicy.impact.Change;
import io.realmwright.deployerpolicy.impact.Impacts;
import io.realmwright.deployerpolicy.impact.Scope;
import io.realmwright.deployerpolicy.impact.rest.ImpactBodies.ChangeBody;
import io.realmwright.deployerpolicy.impact.rest.ImpactBodies.ImpactPage;
import io.realmwright.deployerpolicy.impact.rest.ImpactBodies.ImpactRequest;
import io.realmwright.deployerpolicy.impact.rest.ImpactBodies.Line;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.rest.JsonLines;
import io.realmwright.deployerpolicy.rest.Paging;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a revision would change: a page of all, or a stream of what changes with its progress. */
@RestController
@RequestMapping("/v1/policies/{name}/impact")
class ImpactController {
    private final Impacts impacts;
    private final Json json;

    ImpactController(Impacts impacts, Json json) {
        this.impacts = impacts;
        this.json = json;
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ImpactPage page(
            @PathVariable String name,
            @RequestBody ImpactRequest body,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        Wanted wanted = read(name, body);
        var read = impacts.page(wanted.draft(), wanted.scope(), paging.after(), paging.limit());
        var page = paging.page(read, ChangeBody::of, Change::key);
        return new ImpactPage(page.elements(), page.nextPageToken());
    }

    @PostMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
    void stream(@PathVariable String name, @RequestBody ImpactRequest body, HttpServletResponse response) {
        Wanted wanted = read(name, body);
        var lines = new JsonLines(response, json);
        var counts = impacts.all(wanted.draft(), wanted.scope(), new Impacts.Listener() {
            @Override
            public void changes(List<Change> changes) {
                changes.stream()
                        .filter(change -> change.kind() != Change.Kind.UNCHANGED)
                        .map(Line::of)
                        .forEach(lines::write);
            }

            @Override
            public void progress(long done, long total) {
                lines.write(Line.progress(done, total));
                lines.flush();
            }
        });
        lines.write(Line.summary(counts));
        lines.flush();
    }

    private record Wanted(PolicyRevision draft, Scope scope) {}

    private Wanted read(String name, ImpactRequest body) {
        var fields = new Fields();
        int revision = body.revision(fields);
        Scope scope = body.scope(fields);
        fields.throwIfAny();
        PolicyRevision draft = impacts.find(name, revision)
                .orElseThrow(() -> Problem.NOT_FOUND.because("Policy " + name + " has no revision " + revision + "."));
        return new Wanted(draft, scope);
    }
}
