package io.realmwright.deployerpolicy.realm.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.realm.Failure;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import org.jspecify.annotations.Nullable;

/** Why a realm failed, as JSON. */
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public record FailureDocument(
        String reason,
        String message,
        @Nullable String step,
        @Nullable RefusalDocument rmi) {
    public static FailureDocument of(Failure failure) {
        return new FailureDocument(
                failure.reason(),
                failure.message(),
                failure.step(),
                failure.rmi() == null ? null : RefusalDocument.of(failure.rmi()));
    }

    public Failure readStored() {
        return new Failure(reason, message, step, rmi == null ? null : rmi.read(new Fields(), "rmi"));
    }
}
