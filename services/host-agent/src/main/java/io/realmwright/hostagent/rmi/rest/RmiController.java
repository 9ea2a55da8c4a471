package io.realmwright.hostagent.rmi.rest;

import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.machine.rest.MachinePath;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Hands a call to the machine's RMM as it is, behind the back of the host's kernel. */
@RestController
@RequestMapping("/v1/machines/{machine}/rmi")
class RmiController {
    private final MachinePath path;

    RmiController(MachinePath path) {
        this.path = path;
    }

    @PostMapping(consumes = "application/json")
    RmiAnswerBody call(@PathVariable String machine, @RequestBody JsonNode body) {
        var resolved = path.resolve(machine);
        var call = Fields.read(body, RmiCall::read);
        return resolved.use(boot -> RmiAnswerBody.of(call, boot.host(host -> host.rmi(call.fid(), call.arguments()))));
    }
}
