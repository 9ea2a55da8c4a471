package io.realmwright.deployerpolicy.host.rest;

import io.realmwright.deployerpolicy.event.EventFeed;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostChange;
import io.realmwright.deployerpolicy.host.HostLoads;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.host.rest.HostBodies.HostBody;
import io.realmwright.deployerpolicy.host.rest.HostBodies.HostList;
import io.realmwright.deployerpolicy.host.rest.HostBodies.HostUse;
import io.realmwright.deployerpolicy.host.rest.HostBodies.Registration;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.LabelFields;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.rest.Paging;
import io.realmwright.deployerpolicy.rest.Versions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/hosts")
class HostController {
    private final Hosts hosts;
    private final HostLoads loads;
    private final EventFeed events;

    HostController(Hosts hosts, HostLoads loads, EventFeed events) {
        this.hosts = hosts;
        this.loads = loads;
        this.events = events;
    }

    @PutMapping("/{name}")
    ResponseEntity<HostBody> register(@PathVariable String name, @RequestBody Registration body) {
        var fields = new Fields();
        fields.name("name", name);
        var address = new Host.Address(
                body.readAgentUrl(fields),
                fields.name("machine", body.machine()),
                body.agentName() == null ? name : fields.name("agentName", body.agentName()));
        Labels labels = LabelFields.read(fields, "labels", body.labels());
        fields.throwIfAny();
        return answer(hosts.register(name, address, labels, Host.Origin.API));
    }

    @GetMapping
    HostList list(@RequestParam @Nullable Integer pageSize, @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        long lastEventId = events.bounds().last(); // before the list is read: what it lacks comes later
        var page = paging.page(hosts.list(paging.after(), paging.limit()), host -> host, Host::name);
        return new HostList(bodies(page.elements()), lastEventId, page.nextPageToken());
    }

    private List<HostBody> bodies(List<Host> shown) {
        var names = shown.stream().map(Host::name).toList();
        Map<String, Long> realms = loads.realms(names);
        Map<String, HostPromise> promises = loads.promises(shown);
        return shown.stream()
                .map(host -> HostBody.of(
                        host,
                        new HostUse(
                                realms.getOrDefault(host.name(), 0L),
                                promises.getOrDefault(host.name(), HostPromise.NONE))))
                .toList();
    }

    @GetMapping("/{name}")
    ResponseEntity<HostBody> get(@PathVariable String name) {
        Host host = hosts.find(name).orElseThrow(() -> unknown(name));
        return ResponseEntity.ok().eTag(Versions.etag(host.version())).body(body(host));
    }

    private HostBody body(Host host) {
        return bodies(List.of(host)).getFirst();
    }

    @DeleteMapping("/{name}")
    ResponseEntity<HostBody> remove(@PathVariable String name, @RequestParam(defaultValue = "false") boolean force) {
        return answer(hosts.remove(name, Host.Origin.API, force));
    }

    @PostMapping("/{name}/cordon")
    ResponseEntity<HostBody> cordon(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(hosts.schedule(name, Host.Scheduling.CORDONED, Versions.optional(ifMatch)));
    }

    @PostMapping("/{name}/uncordon")
    ResponseEntity<HostBody> uncordon(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(hosts.schedule(name, Host.Scheduling.OPEN, Versions.optional(ifMatch)));
    }

    @PostMapping("/{name}/drain")
    ResponseEntity<HostBody> drain(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(hosts.schedule(name, Host.Scheduling.DRAINING, Versions.optional(ifMatch)));
    }

    private ResponseEntity<HostBody> answer(HostChange change) {
        return switch (change) {
            case HostChange.Done(var host, var created) -> {
                var answer =
                        created ? ResponseEntity.created(URI.create("/v1/hosts/" + host.name())) : ResponseEntity.ok();
                yield answer.eTag(Versions.etag(host.version())).body(body(host));
            }
            case HostChange.ChangedMeanwhile(var name) -> throw Versions.changed("Host", name);
            case HostChange.UnknownHost(var name) -> throw unknown(name);
            case HostChange.InUse(var name) ->
                throw Problem.HOST_IN_USE.because("Stop or delete the realms on host " + name + " first.");
            case HostChange.Configured(var name) ->
                throw Problem.HOST_CONFIGURED.because(
                        "The configuration registers host " + name + ": change it there.");
        };
    }

    private static ErrorResponseException unknown(String name) {
        return Problem.NOT_FOUND.because("There is no host " + name + ".");
    }
}
