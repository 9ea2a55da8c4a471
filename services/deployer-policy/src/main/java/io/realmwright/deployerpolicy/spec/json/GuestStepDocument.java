package io.realmwright.deployerpolicy.spec.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import org.jspecify.annotations.Nullable;

/** One step of a guest program; which fields it has depends on {@code step}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "TOUCH", value = GuestStepDocument.Touch.class),
    @JsonSubTypes.Type(name = "DETECT_RSI", value = GuestStepDocument.DetectRsi.class),
    @JsonSubTypes.Type(name = "READ_REALM_CONFIG", value = GuestStepDocument.ReadRealmConfig.class),
    @JsonSubTypes.Type(name = "DECLARE_RAM", value = GuestStepDocument.DeclareRam.class),
    @JsonSubTypes.Type(name = "RELEASE_RAM", value = GuestStepDocument.ReleaseRam.class),
    @JsonSubTypes.Type(name = "MEASURE_RIPAS", value = GuestStepDocument.MeasureRipas.class),
    @JsonSubTypes.Type(name = "EXTEND_REM", value = GuestStepDocument.ExtendRem.class),
    @JsonSubTypes.Type(name = "HOST_CALL", value = GuestStepDocument.HostCall.class),
    @JsonSubTypes.Type(name = "ATTEST", value = GuestStepDocument.Attest.class),
    @JsonSubTypes.Type(name = "START_SECONDARIES", value = GuestStepDocument.StartSecondaries.class),
    @JsonSubTypes.Type(name = "POWER_OFF", value = GuestStepDocument.PowerOff.class),
    @JsonSubTypes.Type(name = "HALT", value = GuestStepDocument.Halt.class)
})
sealed interface GuestStepDocument {
    GuestStep read(Fields fields, String path);

    static GuestStepDocument of(GuestStep step) {
        return switch (step) {
            case GuestStep.Touch(var access, var ipa) -> new Touch(access.name(), ipa.toString());
            case GuestStep.DetectRsi() -> new DetectRsi();
            case GuestStep.ReadRealmConfig(var buffer) -> new ReadRealmConfig(buffer.toString());
            case GuestStep.DeclareRam(var range, var changeDestroyed) ->
                new DeclareRam(Hex.of(range.start()), Hex.of(range.sizeBytes()), changeDestroyed);
            case GuestStep.ReleaseRam(var range) -> new ReleaseRam(Hex.of(range.start()), Hex.of(range.sizeBytes()));
            case GuestStep.MeasureRipas(var rem, var range) ->
                new MeasureRipas(rem, Hex.of(range.start()), Hex.of(range.sizeBytes()));
            case GuestStep.ExtendRem(var rem, var value) -> new ExtendRem(rem, value);
            case GuestStep.HostCall(var imm, var buffer) -> new HostCall(imm, buffer.toString());
            case GuestStep.Attest(var page) -> new Attest(page.toString());
            case GuestStep.StartSecondaries(var entry) -> new StartSecondaries(entry.toString());
            case GuestStep.PowerOff() -> new PowerOff();
            case GuestStep.Halt() -> new Halt();
        };
    }

    private static int remOf(Fields fields, String path, @Nullable Integer rem) {
        return fields.integer(path + ".rem", fields.required(path + ".rem", rem, 1), 1, 1, 4);
    }

    record Touch(@Nullable String access, @Nullable String ipa) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.Touch(
                    fields.constant(path + ".access", access, Access.class), fields.ipa(path + ".ipa", ipa));
        }
    }

    record DetectRsi() implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.DetectRsi();
        }
    }

    record ReadRealmConfig(@Nullable String buffer) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.ReadRealmConfig(fields.ipa(path + ".buffer", buffer));
        }
    }

    record DeclareRam(
            @Nullable String base,
            @Nullable String size,
            @Nullable Boolean changeDestroyed) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.DeclareRam(fields.range(path, base, size), changeDestroyed != null && changeDestroyed);
        }
    }

    record ReleaseRam(@Nullable String base, @Nullable String size) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.ReleaseRam(fields.range(path, base, size));
        }
    }

    record MeasureRipas(
            @Nullable Integer rem,
            @Nullable String base,
            @Nullable String size) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.MeasureRipas(remOf(fields, path, rem), fields.range(path, base, size));
        }
    }

    record ExtendRem(@Nullable Integer rem, @Nullable String value) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            String hex = fields.required(path + ".value", value, "");
            if (!hex.matches("([0-9a-f]{2}){0,64}")) {
                fields.reject(path + ".value", "is at most 64 bytes in lower-case hexadecimal digits");
            }
            return new GuestStep.ExtendRem(remOf(fields, path, rem), hex);
        }
    }

    record HostCall(@Nullable Integer imm, @Nullable String buffer) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            int immediate = fields.integer(path + ".imm", fields.required(path + ".imm", imm, 0), 0, 0, 0xffff);
            return new GuestStep.HostCall(immediate, fields.ipa(path + ".buffer", buffer));
        }
    }

    record Attest(@Nullable String page) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.Attest(fields.ipa(path + ".page", page));
        }
    }

    record StartSecondaries(@Nullable String entry) implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.StartSecondaries(fields.ipa(path + ".entry", entry));
        }
    }

    record PowerOff() implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.PowerOff();
        }
    }

    record Halt() implements GuestStepDocument {
        @Override
        public GuestStep read(Fields fields, String path) {
            return new GuestStep.Halt();
        }
    }
}
