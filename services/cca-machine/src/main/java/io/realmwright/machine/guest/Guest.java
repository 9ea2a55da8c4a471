package io.realmwright.machine.guest;

/** What a realm runs: a named profile, or the deployer's own program. */
public sealed interface Guest {
    record Profile(GuestProfile profile) implements Guest {}

    record Custom(GuestProgram program) implements Guest {}
}
