package io.realmwright.hostagent.grant;

/** Whether a launch may go ahead. */
public sealed interface GrantVerdict {
    /** The deployer permits it. */
    record Permitted(Grant grant) implements GrantVerdict {}

    /** The agent is in open mode: it asks nobody. */
    record NotAsked() implements GrantVerdict {}

    record Refused(GrantRefusal reason) implements GrantVerdict {}
}
