package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.json.DecisionDocument;
import io.realmwright.deployerpolicy.event.EventFeed;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.realm.Phase;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmStore;
import io.realmwright.deployerpolicy.realm.Realms;
import io.realmwright.deployerpolicy.realm.Realms.Creation;
import io.realmwright.deployerpolicy.realm.Realms.Wish;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.DryRun;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.NewRealm;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.PlacementBody;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.RealmBody;
import io.realmwright.deployerpolicy.realm.rest.RealmBodies.RealmList;
import io.realmwright.deployerpolicy.rest.Paging;
import io.realmwright.deployerpolicy.rest.Versions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/realms")
class RealmController {
    private final Realms realms;
    private final EventFeed events;

    RealmController(Realms realms, EventFeed events) {
        this.realms = realms;
        this.events = events;
    }

    @PostMapping
    ResponseEntity<?> create(@RequestBody NewRealm body, @RequestParam(defaultValue = "false") boolean dryRun) {
        var fields = new Fields();
        Realms.Order order = body.read(fields);
        fields.throwIfAny();
        return switch (realms.create(order, dryRun)) {
            case Creation.Created(var realm) -> accepted(realm);
            case Creation.Rehearsed(var realm, var decision) ->
                ResponseEntity.ok(new DryRun(RealmBody.of(realm), DecisionDocument.of(decision)));
            case Creation.Denied(var decision) -> throw denied(decision, dryRun);
            case Creation.NameTaken(var name) ->
                throw Problem.NAME_TAKEN.because("There is a realm " + name + " already.");
            case Creation.Invalid(var violations) -> throw Problem.INVALID_REQUEST.at(violations);
            case Creation.UnknownImages(var violations) -> throw Problem.UNKNOWN_IMAGE.at(violations);
            case Creation.UnknownPolicy(var name) ->
                throw Problem.UNKNOWN_POLICY.because("No policy " + name + " is published.");
        };
    }

    /** The denial carries the decision itself; that of a dry run cannot be looked up later. */
    private static ErrorResponseException denied(Decision decision, boolean dryRun) {
        var properties = new LinkedHashMap<String, Object>();
        if (!dryRun) {
            properties.put("decisionId", decision.id());
        }
        properties.put("decision", DecisionDocument.of(decision));
        return Problem.DENIED_BY_POLICY.because(decision.denial(), properties);
    }

    @GetMapping
    RealmList list(
            @RequestParam @Nullable String phase,
            @RequestParam @Nullable String host,
            @RequestParam @Nullable String label,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        var fields = new Fields();
        var filter = new RealmStore.Filter(
                phase == null ? Optional.empty() : Optional.of(fields.constant("phase", phase, Phase.class)),
                Optional.ofNullable(host),
                label == null ? Optional.empty() : Optional.of(label(fields, label)));
        fields.throwIfAny();
        long lastEventId = events.bounds().last(); // before the list is read: what it lacks comes later
        var read = realms.list(filter, paging.after(), paging.limit());
        var page = paging.page(read, RealmBody::of, realm -> realm.request().name());
        return new RealmList(page.elements(), lastEventId, page.nextPageToken());
    }

    private static RealmStore.Label label(Fields fields, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            fields.reject("label", "is written key=value");
            return new RealmStore.Label("", "");
        }
        return new RealmStore.Label(text.substring(0, equals), text.substring(equals + 1));
    }

    @GetMapping("/{name}")
    ResponseEntity<RealmBody> get(@PathVariable String name) {
        Realm realm = realms.find(name).orElseThrow(() -> unknown(name));
        return ResponseEntity.ok().eTag(Versions.etag(realm.version())).body(RealmBody.of(realm));
    }

    @GetMapping("/{name}/placement")
    PlacementBody placement(@PathVariable String name) {
        return PlacementBody.of(realms.find(name).orElseThrow(() -> unknown(name)));
    }

    @PostMapping("/{name}/stop")
    ResponseEntity<RealmBody> stop(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(realms.stop(name, Versions.optional(ifMatch)));
    }

    @PostMapping("/{name}/start")
    ResponseEntity<RealmBody> start(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(realms.start(name, Versions.optional(ifMatch)));
    }

    @PostMapping("/{name}/restart")
    ResponseEntity<RealmBody> restart(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(realms.restart(name, Versions.optional(ifMatch)));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<RealmBody> delete(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(realms.delete(name, Versions.optional(ifMatch)));
    }

    private static ResponseEntity<RealmBody> answer(Wish wish) {
        return switch (wish) {
            case Wish.Noted(var realm) -> accepted(realm);
            case Wish.UnknownRealm(var name) -> throw unknown(name);
            case Wish.ChangedMeanwhile(var name) -> throw Versions.changed("Realm", name);
            case Wish.Deleting(var name) ->
                throw Problem.REALM_DELETING.because("Realm " + name + " is being deleted: create another one.");
        };
    }

    private static ResponseEntity<RealmBody> accepted(Realm realm) {
        return ResponseEntity.accepted()
                .eTag(Versions.etag(realm.version()))
                .location(URI.create("/v1/realms/" + realm.request().name()))
                .body(RealmBody.of(realm));
    }

    static ErrorResponseException unknown(String name) {
        return Problem.NOT_FOUND.because("There is no realm " + name + ".");
    }
}
