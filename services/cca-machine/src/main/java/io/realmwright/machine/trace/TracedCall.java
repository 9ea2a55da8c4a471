package io.realmwright.machine.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RMI call as a trace has it.
 *
 * @param number from 0, which is the call that boots the machine
 * @param command the command's name, or its FID where it has none
 * @param arguments X1 and up, as the trace spells them
 * @param status the name of the status in X0, or X0 itself where it has none
 * @param index the index in X0, which is the RTT level for {@code RMI_ERROR_RTT}
 * @param results X1 and up, without the zeros at the end
 * @param exit why a REC entry came back, null for another call and where the trace does not say
 * @param guestCalls what the guest called while the entry lasted
 */
public record TracedCall(
        long number,
        String command,
        List<String> arguments,
        String status,
        int index,
        List<String> results,
        @Nullable Exit exit,
        List<GuestCall> guestCalls) {
    /** The reasons of an exit from a REC, in the order of their codes (reference section 3). */
    public enum Exit {
        SYNC,
        IRQ,
        FIQ,
        PSCI,
        RIPAS_CHANGE,
        HOST_CALL,
        SERROR
    }

    /**
     * An SMC of the guest.
     *
     * @param command the RSI command's name, or the FID where it is another call, such as PSCI
     * @param arguments X1 and up, without the zeros at the end
     * @param results X0 and up, without the zeros at the end
     */
    public record GuestCall(String command, List<String> arguments, List<String> results) {}
}
