package io.realmwright.hostagent.realm.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.realmwright.hostagent.machine.rest.MachinePath;
import io.realmwright.hostagent.problem.Problem;
import io.realmwright.hostagent.realm.LaunchRevoker;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Launches by their ids, which their deployer chose. */
@RestController
@RequestMapping("/v1/machines/{machine}/launches/{launchId}")
class LaunchController {
    private final MachinePath path;
    private final LaunchRevoker revoker;

    LaunchController(MachinePath path, LaunchRevoker revoker) {
        this.path = path;
        this.revoker = revoker;
    }

    /** A launch that is void, with the realm that had come of it, if one had. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RevokedLaunch(UUID launchId, @Nullable RealmBody realm) {}

    @DeleteMapping
    RevokedLaunch revoke(@PathVariable String machine, @PathVariable String launchId) {
        var resolved = path.resolve(machine);
        var id = id(launchId);
        return new RevokedLaunch(
                id, revoker.revoke(resolved, id).map(RealmBody::of).orElse(null));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.NOT_FOUND.because("A launch id is a UUID.");
        }
    }
}
