package io.realmwright.machine.host;

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
}
