package io.realmwright.deployerpolicy.grant.rest;

import io.realmwright.deployerpolicy.grant.Grant;
import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.problem.Problem;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class GrantController {
    private final Grants grants;

    GrantController(Grants grants) {
        this.grants = grants;
    }

    @GetMapping("/v1/grants/{id}")
    Grant get(@PathVariable UUID id) {
        return grants.find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no grant " + id + "."));
    }

    /** The public keys that verify grants, for auditors; agents read theirs from a file. */
    @GetMapping("/v1/keys")
    ResponseEntity<String> keys() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(grants.publicKeys());
    }
}
