package io.realmwright.machine.trace;

import java.util.List;

/** What a queued guest does next. */
sealed interface GuestAction {
    /** An SMC with these registers from X0; an RSI call by name is one too. */
    record Smc(List<TraceNumber> registers) implements GuestAction {}

    /** A synchronous exception. */
    record Sync(TraceNumber esr, TraceNumber far, TraceNumber hpfar) implements GuestAction {}

    record Irq() implements GuestAction {}

    record Fiq() implements GuestAction {}

    /** The guest writes 64-bit words of its own memory, the first at an IPA that is a multiple of eight. */
    record Write(TraceNumber ipa, List<TraceNumber> words) implements GuestAction {}

    record SetRegister(int register, TraceNumber value) implements GuestAction {}
}
