package io.realmwright.machine.vcpu;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;

/**
 * RsiHostCall in a guest's memory (reference section 5.7): an immediate, then X0 to X30. It is written like any other
 * memory, and so may be aborted; the guest goes on where it was.
 */
final class HostCallStructure {
    private static final int WORDS = 32;

    private final long address;
    private int written;

    HostCallStructure(long address) {
        this.address = address;
    }

    /** Goes on with a call; it has been made when the trap is an SMC. Registers that are not given are zero. */
    Trap call(VirtualCpu cpu, int imm, long... registers) {
        while (written < WORDS) {
            long value = written == 0 ? imm : written <= registers.length ? registers[written - 1] : 0;
            if (!cpu.touch(Access.WRITE, address + (long) written * Long.BYTES, value)) {
                return Trap.SYNC;
            }
            written++;
        }
        written = 0;
        return StepRun.smc(cpu, RsiCommand.RSI_HOST_CALL.fid(), address);
    }

    /** The address of a register that the host answered in. */
    long register(int n) {
        return address + (long) (1 + n) * Long.BYTES;
    }
}
