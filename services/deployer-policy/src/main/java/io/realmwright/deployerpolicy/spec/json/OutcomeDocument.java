package io.realmwright.deployerpolicy.spec.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import org.jspecify.annotations.Nullable;

/** How a run of a realm ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "BOOTED", value = OutcomeDocument.Booted.class),
    @JsonSubTypes.Type(name = "POWERED_OFF", value = OutcomeDocument.PoweredOff.class),
    @JsonSubTypes.Type(name = "STALLED", value = OutcomeDocument.Stalled.class),
    @JsonSubTypes.Type(name = "FAULTED", value = OutcomeDocument.Faulted.class),
    @JsonSubTypes.Type(name = "HOST_FAILED", value = OutcomeDocument.HostFailed.class)
})
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public sealed interface OutcomeDocument {
    Outcome read(Fields fields, String path);

    static OutcomeDocument of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Booted() -> new Booted();
            case Outcome.PoweredOff() -> new PoweredOff();
            case Outcome.Stalled(var reason) -> new Stalled(reason.name());
            case Outcome.Faulted(var access, var ipa, var hipas, var ripas, var step, var visible) ->
                new Faulted(access.name(), ipa.toString(), hipas, ripas, step, visible);
            case Outcome.HostFailed(var refusal) -> new HostFailed(RefusalDocument.of(refusal));
        };
    }

    record Booted() implements OutcomeDocument {
        @Override
        public Outcome read(Fields fields, String path) {
            return new Outcome.Booted();
        }
    }

    record PoweredOff() implements OutcomeDocument {
        @Override
        public Outcome read(Fields fields, String path) {
            return new Outcome.PoweredOff();
        }
    }

    record Stalled(@Nullable String reason) implements OutcomeDocument {
        @Override
        public Outcome read(Fields fields, String path) {
            return new Outcome.Stalled(fields.constant(path + ".reason", reason, Outcome.Stalled.Reason.class));
        }
    }

    record Faulted(
            @Nullable String access,
            @Nullable String ipa,
            @Nullable String hipas,
            @Nullable String ripas,
            @Nullable Integer step,
            @Nullable Boolean visibleToHost)
            implements OutcomeDocument {
        @Override
        public Outcome read(Fields fields, String path) {
            return new Outcome.Faulted(
                    fields.constant(path + ".access", access, Access.class),
                    fields.ipa(path + ".ipa", ipa),
                    fields.required(path + ".hipas", hipas, ""),
                    fields.required(path + ".ripas", ripas, ""),
                    fields.required(path + ".step", step, 0),
                    fields.required(path + ".visibleToHost", visibleToHost, false));
        }
    }

    record HostFailed(@Nullable RefusalDocument rmi) implements OutcomeDocument {
        @Override
        public Outcome read(Fields fields, String path) {
            var refusal = new RmiRefusal("", "", 0, null);
            return new Outcome.HostFailed(
                    rmi == null ? fields.required(path + ".rmi", null, refusal) : rmi.read(fields, path + ".rmi"));
        }
    }
}
