package io.realmwright.deployerpolicy.policy.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.machine.spec.MeasuredContents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows when a rule matches. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "ALLOW", value = EffectDocument.Allow.class),
    @JsonSubTypes.Type(name = "DENY", value = EffectDocument.Deny.class)
})
public sealed interface EffectDocument {
    Effect read(Fields fields, String path);

    static EffectDocument of(Effect effect) {
        return switch (effect) {
            case Effect.Allow(var mode, var verdict, var contents, var binding, var attestation) ->
                new Allow(
                        RipasChoiceDocument.of(mode),
                        VerdictChoiceDocument.of(verdict),
                        contents.name(),
                        binding,
                        attestation.map(AttestationDutyDocument::of).orElse(null));
            case Effect.Deny(var message) -> new Deny(message);
        };
    }

    record Allow(
            @Nullable RipasChoiceDocument ripasMode,
            @Nullable VerdictChoiceDocument verdict,
            @Nullable String measuredContents,
            @Nullable Boolean requireGrantBinding,
            @Nullable AttestationDutyDocument attestation)
            implements EffectDocument {
        @Override
        public Effect read(Fields fields, String path) {
            return new Effect.Allow(
                    fields.required(path + ".ripasMode", ripasMode, new RipasChoiceDocument.GuestDeclares())
                            .read(fields, path + ".ripasMode"),
                    fields.required(path + ".verdict", verdict, new VerdictChoiceDocument.Reject())
                            .read(fields, path + ".verdict"),
                    measuredContents == null
                            ? MeasuredContents.AS_SPECIFIED
                            : fields.constant(path + ".measuredContents", measuredContents, MeasuredContents.class),
                    requireGrantBinding != null && requireGrantBinding,
                    Optional.ofNullable(attestation).map(duty -> duty.read(fields, path + ".attestation")));
        }
    }

    record Deny(@Nullable String message) implements EffectDocument {
        private static final int MESSAGE_MAX_CHARACTERS = 1000;

        @Override
        public Effect read(Fields fields, String path) {
            String required = fields.required(path + ".message", message, "");
            return new Effect.Deny(fields.text(path + ".message", required, MESSAGE_MAX_CHARACTERS));
        }
    }
}
