package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.problem.Problem;
import java.util.UUID;
import org.springframework.web.ErrorResponseException;

/** The realm id in a path. What is not an id is the id of no realm. */
final class RealmPath {
    private RealmPath() {}

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    static ErrorResponseException unknown() {
        return Problem.UNKNOWN_REALM.because("GET …/realms lists the realms that this machine has had.");
    }
}
