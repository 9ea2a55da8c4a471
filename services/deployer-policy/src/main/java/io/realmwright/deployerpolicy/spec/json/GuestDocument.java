package io.realmwright.deployerpolicy.spec.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Either {@code {"profile":"LINUX"}} or {@code {"program":[…]}}. */
record GuestDocument(@Nullable String profile, @Nullable List<@Nullable GuestStepDocument> program) {
    static GuestDocument of(Guest guest) {
        return switch (guest) {
            case Guest.Profile(var profile) -> new GuestDocument(profile.name(), null);
            case Guest.Custom(var program) ->
                new GuestDocument(
                        null,
                        program.steps().stream().map(GuestStepDocument::of).toList());
        };
    }

    Guest read(Fields fields, String path) {
        if (program == null) {
            return new Guest.Profile(fields.constant(path + ".profile", profile, GuestProfile.class));
        }
        if (profile != null) {
            fields.reject(path, "has either a profile or a program, not both");
        }
        return new Guest.Custom(new GuestProgram(fields.nonEmptyList(
                path + ".program", program, GuestProgram.MAX_STEPS, (step, at) -> step.read(fields, at))));
    }
}
