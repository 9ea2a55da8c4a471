package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.RealmInspector;
import io.realmwright.hostagent.realm.RealmLauncher;
import io.realmwright.hostagent.realm.RealmRunner;
import io.realmwright.hostagent.realm.RunAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/v1/machines/{machine}/realms")
class RealmController {
    private static final int PAGE_SIZE_DEFAULT = 100;
    private static final int PAGE_SIZE_MAX = 500;

    private final MachinePath path;
    private final RealmLauncher launcher;
    private final RealmRunner runner;
    private final RealmInspector inspector;

    RealmController(MachinePath path, RealmLauncher launcher, RealmRunner runner, RealmInspector inspector) {
        this.path = path;
        this.launcher = launcher;
        this.runner = runner;
        this.inspector = inspector;
    }

    @PostMapping(consumes = "application/json")
    ResponseEntity<RealmBody> launch(@PathVariable String machine, @RequestBody JsonNode body) {
        var resolved = path.resolve(machine);
        return LaunchAnswers.answer(launcher.launch(resolved, Fields.read(body, LaunchRequestJson::read)));
    }

    @GetMapping
    RealmPage list(
            @PathVariable String machine,
            @RequestParam @Nullable String pageSize,
            @RequestParam @Nullable String pageToken) {
        var resolved = path.resolve(machine);
        int size = (int) Paging.number("pageSize", pageSize, 1, PAGE_SIZE_MAX, PAGE_SIZE_DEFAULT);
        var found = inspector.page(resolved, Paging.position(pageToken), size + 1);
        var page = found.subList(0, Math.min(size, found.size()));
        return new RealmPage(
                page.stream()
                        .map(positioned -> RealmBody.of(positioned.realm()))
                        .toList(),
                found.size() > size ? Paging.token(page.getLast().position()) : null);
    }

    @GetMapping("/{id}")
    RealmBody get(@PathVariable String machine, @PathVariable String id) {
        return inspector
                .find(path.resolve(machine), RealmPath.id(id))
                .map(RealmBody::of)
                .orElseThrow(RealmPath::unknown);
    }

    @PostMapping("/{id}/run")
    RealmBody run(@PathVariable String machine, @PathVariable String id) {
        return switch (runner.run(path.resolve(machine), RealmPath.id(id))) {
            case RunAnswer.Ran(var realm) -> RealmBody.of(realm);
            case RunAnswer.NotRunnable(var realm) ->
                throw Problem.REALM_NOT_RUNNABLE.because(
                        "Only an ACTIVE or RUNNING realm can be run; this one is " + realm.state() + ".",
                        Map.of("state", realm.state()));
            case RunAnswer.NoSuchRealm() -> throw RealmPath.unknown();
        };
    }

    @DeleteMapping("/{id}")
    RealmBody delete(@PathVariable String machine, @PathVariable String id) {
        return runner.delete(path.resolve(machine), RealmPath.id(id))
                .map(RealmBody::of)
                .orElseThrow(RealmPath::unknown);
    }

    record RealmPage(List<RealmBody> realms, @Nullable String nextPageToken) {}
}
