package io.realmwright.hostagent.json;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.Ipa;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What runs in a realm: {@code {"profile": "LINUX"}} or {@code {"program": [{"step": "TOUCH", …}, …]}}. */
final class GuestJson {
    private static final Pattern REM_VALUE = Pattern.compile("(?:[0-9a-f]{2}){0,64}");
    private static final int IMM_MAX = 0xffff;

    private static final Map<String, Function<Fields, GuestStep>> STEPS = Map.ofEntries(
            Map.entry("TOUCH", step -> new GuestStep.Touch(step.oneOf("access", Access.class), ipa(step, "ipa"))),
            Map.entry("DETECT_RSI", _ -> new GuestStep.DetectRsi()),
            Map.entry("READ_REALM_CONFIG", step -> new GuestStep.ReadRealmConfig(ipa(step, "buffer"))),
            Map.entry(
                    "DECLARE_RAM",
                    step -> new GuestStep.DeclareRam(Ranges.read(step), step.bool("changeDestroyed", false))),
            Map.entry("RELEASE_RAM", step -> new GuestStep.ReleaseRam(Ranges.read(step))),
            Map.entry("MEASURE_RIPAS", step -> new GuestStep.MeasureRipas(rem(step), Ranges.read(step))),
            Map.entry("EXTEND_REM", step -> new GuestStep.ExtendRem(rem(step), remValue(step))),
            Map.entry(
                    "HOST_CALL", step -> new GuestStep.HostCall(step.integer("imm", 0, IMM_MAX), ipa(step, "buffer"))),
            Map.entry("ATTEST", step -> new GuestStep.Attest(ipa(step, "page"))),
            Map.entry("START_SECONDARIES", step -> new GuestStep.StartSecondaries(ipa(step, "entry"))),
            Map.entry("POWER_OFF", _ -> new GuestStep.PowerOff()),
            Map.entry("HALT", _ -> new GuestStep.Halt()));

    private GuestJson() {}

    static Guest read(Fields guest) {
        if (guest.has("profile") && guest.has("program")) {
            guest.reject("program", "must be absent beside a profile");
        }
        if (guest.has("program")) {
            return new Guest.Custom(new GuestProgram(
                    guest.list("program", GuestProgram.MAX_STEPS, step -> step.variant("step", STEPS))));
        }
        return new Guest.Profile(guest.oneOf("profile", GuestProfile.class));
    }

    private static Ipa ipa(Fields step, String name) {
        return new Ipa(step.hex(name));
    }

    private static int rem(Fields step) {
        return step.integer("rem", 1, 4);
    }

    private static String remValue(Fields step) {
        return step.text("value", REM_VALUE, "must be at most 64 bytes as lower-case hexadecimal digits");
    }

    static ObjectNode write(Guest guest) {
        return switch (guest) {
            case Guest.Profile(var profile) ->
                JsonNodeFactory.instance.objectNode().put("profile", profile.name());
            case Guest.Custom(var program) -> writeProgram(program.steps());
        };
    }

    private static ObjectNode writeProgram(List<GuestStep> steps) {
        var guest = JsonNodeFactory.instance.objectNode();
        var program = guest.putArray("program");
        steps.forEach(step -> program.add(write(step)));
        return guest;
    }

    private static ObjectNode write(GuestStep step) {
        return switch (step) {
            case GuestStep.Touch(var access, var ipa) ->
                named("TOUCH").put("access", access.name()).put("ipa", ipa.toString());
            case GuestStep.DetectRsi() -> named("DETECT_RSI");
            case GuestStep.ReadRealmConfig(var buffer) ->
                named("READ_REALM_CONFIG").put("buffer", buffer.toString());
            case GuestStep.DeclareRam(var range, var changeDestroyed) ->
                named("DECLARE_RAM").setAll(Ranges.write(range)).put("changeDestroyed", changeDestroyed);
            case GuestStep.ReleaseRam(var range) -> named("RELEASE_RAM").setAll(Ranges.write(range));
            case GuestStep.MeasureRipas(var rem, var range) ->
                named("MEASURE_RIPAS").put("rem", rem).setAll(Ranges.write(range));
            case GuestStep.ExtendRem(var rem, var value) ->
                named("EXTEND_REM").put("rem", rem).put("value", value);
            case GuestStep.HostCall(var imm, var buffer) ->
                named("HOST_CALL").put("imm", imm).put("buffer", buffer.toString());
            case GuestStep.Attest(var page) -> named("ATTEST").put("page", page.toString());
            case GuestStep.StartSecondaries(var entry) ->
                named("START_SECONDARIES").put("entry", entry.toString());
            case GuestStep.PowerOff() -> named("POWER_OFF");
            case GuestStep.Halt() -> named("HALT");
        };
    }

    private static ObjectNode named(String step) {
        return JsonNodeFactory.instance.objectNode().put("step", step);
    }
}
