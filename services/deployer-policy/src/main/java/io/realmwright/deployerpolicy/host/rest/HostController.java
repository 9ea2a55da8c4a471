package io.realmwright.deployerpolicy.host.rest;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostChange;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.host.rest.HostBodies.HostBody;
import io.realmwright.deployerpolicy.host.rest.HostBodies.HostList;
import io.realmwright.deployerpolicy.host.rest.HostBodies.Registration;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.LabelFields;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.rest.Paging;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/hosts")
class HostController {
    private final Hosts hosts;

    HostController(Hosts hosts) {
        this.hosts = hosts;
    }

    @PutMapping("/{name}")
    ResponseEntity<HostBody> register(@PathVariable String name, @RequestBody Registration body) {
        var fields = new Fields();
        fields.name("name", name);
        var address = new Host.Address(body.readAgentUrl(fields), fields.name("machine", body.machine()));
        String agentName = body.agentName() == null ? name : fields.name("agentName", body.agentName());
        Labels labels = LabelFields.read(fields, "labels", body.labels());
        fields.throwIfAny();
        return answer(hosts.register(name, address, agentName, labels, Host.Origin.API));
    }

    @GetMapping
    HostList list(@RequestParam @Nullable Integer pageSize, @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        var page = paging.page(hosts.list(paging.after(), paging.limit()), HostBody::of, Host::name);
        return new HostList(page.elements(), page.nextPageToken());
    }

    @GetMapping("/{name}")
    HostBody get(@PathVariable String name) {
        return hosts.find(name).map(HostBody::of).orElseThrow(() -> unknown(name));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<HostBody> remove(@PathVariable String name, @RequestParam(defaultValue = "false") boolean force) {
        return answer(hosts.remove(name, Host.Origin.API, force));
    }

    @PostMapping("/{name}/cordon")
    ResponseEntity<HostBody> cordon(@PathVariable String name) {
        return answer(hosts.cordon(name, true));
    }

    @PostMapping("/{name}/uncordon")
    ResponseEntity<HostBody> uncordon(@PathVariable String name) {
        return answer(hosts.cordon(name, false));
    }

    private static ResponseEntity<HostBody> answer(HostChange change) {
        return switch (change) {
            case HostChange.Done(var host, var created)
            when created ->
                ResponseEntity.created(URI.create("/v1/hosts/" + host.name())).body(HostBody.of(host));
            case HostChange.Done(var host, var _) -> ResponseEntity.ok(HostBody.of(host));
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
