package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiStatus;
import java.util.List;

/**
 * What the RMM answered to a raw call.
 *
 * @param registers X0 to X7
 * @param status the status in X0 by its name, {@code NOT_SUPPORTED} where the RMM has no such command
 * @param index the index in X0, the RTT level for RMI_ERROR_RTT; 0 where the status has none
 */
public record RmiAnswer(List<Long> registers, String status, int index) {
    public RmiAnswer {
        registers = List.copyOf(registers);
    }

    /** The name of the status in X0, {@code NOT_SUPPORTED} where the RMM has no such command. */
    public static String statusOf(long x0) {
        return x0 == RmiStatus.NOT_SUPPORTED ? "NOT_SUPPORTED" : RmiStatus.nameOf(x0);
    }
}
