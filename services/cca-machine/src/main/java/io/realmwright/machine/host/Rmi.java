package io.realmwright.machine.host;

import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.fault.PowerLoss;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiFunction;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.spec.Ipa;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The host kernel's way to the RMM: one method makes the SMC, and counts, traces and disturbs it. What it answers is X0;
 * further outputs stay readable until the next call.
 */
final class Rmi {
    private final Rmm rmm;
    private final long[] x = new long[Rmm.REGISTERS];
    private RmiFunction last = RmiCommand.RMI_VERSION;
    private FaultPlan faults = FaultPlan.none();
    private RealmLog log = RealmLog.none();
    private boolean powerLost;

    Rmi(Rmm rmm) {
        this.rmm = rmm;
    }

    void plan(FaultPlan plan) {
        faults = plan;
    }

    /** From now on calls are made for the realm that has this log. */
    void logTo(RealmLog realmLog) {
        log = realmLog;
    }

    RealmLog log() {
        return log;
    }

    /** Makes the call and returns X0. */
    long call(RmiFunction command, long... arguments) {
        if (powerLost) {
            throw new PowerLoss(command.name());
        }
        last = command;
        FaultAction fault = faults.next(command);
        long[] made = fault == null ? arguments : disturb(fault, command, arguments);
        log.calls().count(command);
        if (fault instanceof FaultAction.Refuse(String status, int index)) {
            Arrays.fill(x, 0);
            x[0] = RmiStatus.pack(RmiStatus.named(status), index);
            log.trace().note("injected fault: " + command + " refused with " + status + " " + index);
            return x[0];
        }
        log.trace().before(command, made);
        Arrays.fill(x, 0);
        x[0] = command.fid();
        System.arraycopy(made, 0, x, 1, made.length);
        rmm.smc(x);
        log.trace().after(command, made, x);
        return x[0];
    }

    private long[] disturb(FaultAction fault, RmiFunction command, long[] arguments) {
        return switch (fault) {
            case FaultAction.Refuse refuse -> arguments;
            case FaultAction.Delay delay -> {
                faults.wait(delay.duration());
                yield arguments;
            }
            case FaultAction.PartialProgress partial -> overFirstEntry(command, arguments);
            case FaultAction.PowerLoss loss -> {
                powerLost = true;
                throw new PowerLoss(command.name());
            }
        };
    }

    /** The same call with a range that ends behind the table entry that maps its first IPA. */
    private long[] overFirstEntry(RmiFunction command, long[] arguments) {
        int base = baseArgument(command);
        if (base == 0) {
            return arguments;
        }
        long[] shortened = arguments.clone();
        long entryTop = arguments[base] + TableGeometry.entrySize(levelOf(arguments[0], arguments[base]));
        shortened[base + 1] = Math.min(arguments[base + 1], entryTop);
        return shortened;
    }

    /** Which argument of a call is the first IPA of its range; 0 if it has none. */
    private static int baseArgument(RmiFunction command) {
        if (!(command instanceof RmiCommand ranged)) {
            return 0;
        }
        return switch (ranged) {
            case RMI_RTT_INIT_RIPAS, RMI_RTT_DATA_MAP, RMI_RTT_DATA_UNMAP, RMI_RTT_UNPROT_MAP, RMI_RTT_UNPROT_UNMAP ->
                1;
            case RMI_RTT_SET_RIPAS -> 2;
            default -> 0;
        };
    }

    /** The level of the entry that maps an IPA, looked up behind the host's back. */
    private int levelOf(long rd, long ipa) {
        long[] look = new long[Rmm.REGISTERS];
        look[0] = RmiCommand.RMI_RTT_READ_ENTRY.fid();
        look[1] = rd;
        look[2] = ipa;
        look[3] = TableGeometry.LEAF_LEVEL;
        rmm.smc(look);
        return (int) look[1];
    }

    /** X1 to X4 of the last call. */
    long output(int register) {
        return x[register];
    }

    /** What the last call, about {@code ipa} if that is not null, was refused with. */
    RmiRefusedException refused(@Nullable Ipa ipa) {
        return refused(last, ipa);
    }

    /** The same for a command that went on in other calls: the refusal is told as the command's own. */
    RmiRefusedException refused(RmiFunction command, @Nullable Ipa ipa) {
        return new RmiRefusedException(
                new RmiRefusal(command.name(), RmiStatus.nameOf(x[0]), RmiStatus.indexOf(x[0]), ipa));
    }

    /** Makes a call that has to succeed. */
    void demand(RmiFunction command, @Nullable Ipa ipa, long... arguments) throws RmiRefusedException {
        if (call(command, arguments) != RmiStatus.SUCCESS) {
            throw refused(ipa);
        }
    }
}
