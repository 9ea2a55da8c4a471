package io.realmwright.machine.guest;

import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;

/** One thing that a guest does. */
public sealed interface GuestStep {
    /** Touches eight bytes at {@code ipa}. */
    record Touch(Access access, Ipa ipa) implements GuestStep {}

    /** RSI_VERSION and RSI_FEATURES: how a guest finds out that it is a realm. */
    record DetectRsi() implements GuestStep {}

    /** RSI_REALM_CONFIG into the granule at {@code buffer}. */
    record ReadRealmConfig(Ipa buffer) implements GuestStep {}

    /** RSI_IPA_STATE_SET(RAM) in a loop until the whole range is done. A rejection is fatal to the guest. */
    record DeclareRam(IpaRange range, boolean changeDestroyed) implements GuestStep {}

    /** RSI_IPA_STATE_SET(EMPTY, CHANGE_DESTROYED) in a loop: gives memory back to share it with the host. */
    record ReleaseRam(IpaRange range) implements GuestStep {}

    /** Reads the RIPAS of a range (RSI_IPA_STATE_GET) and extends what it read into REM {@code rem}, 1 to 4. */
    record MeasureRipas(int rem, IpaRange range) implements GuestStep {}

    /** RSI_MEASUREMENT_EXTEND of REM {@code rem}, 1 to 4, with at most 64 bytes written as hexadecimal digits. */
    record ExtendRem(int rem, String valueHex) implements GuestStep {}

    /** RSI_HOST_CALL with {@code imm}, 16 bits, its structure at {@code buffer}, 256-byte aligned. */
    record HostCall(int imm, Ipa buffer) implements GuestStep {
        /** The immediate by which a guest of this machine says that it has booted. */
        public static final int BOOT_COMPLETE = 0xb007;
    }

    /**
     * Serves challenges for ever: asks the host for one by a host call, gets a token for it from the RMM, hands that over
     * in parts by further host calls, and asks again. It is a guest's last step.
     *
     * @param page a granule of the guest's own: its lower half takes pieces of tokens, its upper half is the structure of
     *     the host calls
     */
    record Attest(Ipa page) implements GuestStep {
        /** Immediate: the guest waits for a challenge, 64 bytes in X0 to X7. Its X0 says how the last one went, as RSI does. */
        public static final int AWAIT_CHALLENGE = 0xa77e;

        /** Immediate: X0 bytes of a token follow in X1 and up, eight to a register, little endian. */
        public static final int TOKEN_PART = 0xa77f;
    }

    /** PSCI_CPU_ON of every other vCPU, each of which touches {@code entry} and then waits. */
    record StartSecondaries(Ipa entry) implements GuestStep {}

    /** PSCI_SYSTEM_OFF. */
    record PowerOff() implements GuestStep {}

    /** Waits for an interrupt, for ever. */
    record Halt() implements GuestStep {}
}
