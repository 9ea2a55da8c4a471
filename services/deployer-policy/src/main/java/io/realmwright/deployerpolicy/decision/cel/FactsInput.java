package io.realmwright.deployerpolicy.decision.cel;

import io.realmwright.deployerpolicy.decision.Facts;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import java.util.Map;

/** The facts as the variables that rules see; the counterpart of {@link PolicyTypes}. */
final class FactsInput {
    private FactsInput() {}

    static Map<String, Object> of(Facts facts) {
        return Map.of(
                "realm", realm(facts.realmName(), facts.spec()),
                "guest", guest(facts.spec().guest()),
                "host", host(facts.host()),
                "labels", facts.labels().byKey());
    }

    private static Map<String, Object> realm(String name, RealmSpec spec) {
        long memoryBytes = spec.guestMemfdSlots().stream()
                .mapToLong(slot -> slot.range().sizeBytes())
                .sum();
        return Map.of(
                "name",
                name,
                "vcpus",
                (long) spec.vcpus(),
                "ipaBits",
                (long) spec.ipaBits(),
                "hashAlgorithm",
                spec.hashAlgorithm().name(),
                "memoryBytes",
                memoryBytes,
                "memslots",
                spec.memslots().stream().map(FactsInput::memslot).toList(),
                "images",
                spec.images().stream().map(FactsInput::image).toList());
    }

    private static Map<String, Object> memslot(Memslot slot) {
        return Map.of(
                "base", slot.range().start(),
                "size", slot.range().sizeBytes(),
                "guestMemfd", slot.guestMemfd());
    }

    private static Map<String, Object> image(ImagePlacement image) {
        return Map.of(
                "digest", image.sha256(),
                "ipa", image.ipa().value(),
                "measured", image.measured());
    }

    private static Map<String, Object> guest(Guest guest) {
        return switch (guest) {
            case Guest.Profile(var profile) -> Map.of("kind", "PROFILE", "profile", profile.name(), "steps", List.of());
            case Guest.Custom(var program) ->
                Map.of(
                        "kind", "PROGRAM",
                        "profile", "",
                        "steps", program.steps().stream().map(FactsInput::step).toList());
        };
    }

    private static String step(GuestStep step) {
        return switch (step) {
            case GuestStep.Touch _ -> "TOUCH";
            case GuestStep.DetectRsi _ -> "DETECT_RSI";
            case GuestStep.ReadRealmConfig _ -> "READ_REALM_CONFIG";
            case GuestStep.DeclareRam _ -> "DECLARE_RAM";
            case GuestStep.ReleaseRam _ -> "RELEASE_RAM";
            case GuestStep.MeasureRipas _ -> "MEASURE_RIPAS";
            case GuestStep.ExtendRem _ -> "EXTEND_REM";
            case GuestStep.HostCall _ -> "HOST_CALL";
            case GuestStep.Attest _ -> "ATTEST";
            case GuestStep.StartSecondaries _ -> "START_SECONDARIES";
            case GuestStep.PowerOff _ -> "POWER_OFF";
            case GuestStep.Halt _ -> "HALT";
        };
    }

    private static Map<String, Object> host(Facts.CandidateHost host) {
        return Map.of(
                "name", host.name(),
                "machine", host.machine(),
                "profile", host.profile().profileName(),
                "rmmVersion", host.profile().rmmVersion(),
                "canSetRpv", host.profile().canSetRpv(),
                "dramBytes", host.dramBytes(),
                "labels", host.labels().byKey());
    }
}
