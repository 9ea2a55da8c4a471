package io.realmwright.machine.guest;

/** The named guests. Each is only a list of steps (see {@code ProfilePrograms}); no code branches on its name. */
public enum GuestProfile {
    /** Firmware runs from its populated image, declares all RAM at once, then hands over to a kernel. */
    EDK2_LINUX,
    /** A kernel that sets up RSI before it builds its linear map. */
    LINUX_EARLY_RSI,
    /** Direct boot in upstream order: page tables outside the populated image first, RSI afterwards. */
    LINUX,
    /** Never declares; uses memory freely. */
    UNAWARE
}
