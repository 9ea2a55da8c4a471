package io.realmwright.machine.vcpu;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.Mpidr;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One step under way. {@link #proceed} is called until it returns null; {@link #end} then tells how it went. */
abstract class StepRun {
    /** How a step went. */
    enum End {
        DONE,
        /** The host said no. */
        REJECTED,
        /** The RMM said no. */
        REFUSED,
        WAITING
    }

    private static final int SMC_REGISTERS = 11;
    private static final long PSCI_CPU_ON = 0xC4000003L;
    private static final long PSCI_SYSTEM_OFF = 0x84000008L;
    private static final long RAM = 1;
    private static final long EMPTY = 0;

    private End end = End.DONE;

    static StepRun of(GuestStep step, int vcpus) {
        return switch (step) {
            case GuestStep.Touch(Access access, Ipa ipa) -> new Touching(access, ipa.value());
            case GuestStep.DetectRsi() -> new Detecting();
            case GuestStep.ReadRealmConfig(Ipa buffer) -> new OneSmc(RsiCommand.RSI_REALM_CONFIG.fid(), buffer.value());
            case GuestStep.DeclareRam(IpaRange range, boolean changeDestroyed) ->
                new Declaring(range, RAM, changeDestroyed);
            case GuestStep.ReleaseRam(IpaRange range) -> new Declaring(range, EMPTY, true);
            case GuestStep.MeasureRipas(int rem, IpaRange range) -> new MeasuringRipas(rem, range);
            case GuestStep.ExtendRem(int rem, String value) ->
                new Extending(rem, HexFormat.of().parseHex(value));
            case GuestStep.HostCall(int imm, Ipa buffer) -> new CallingHost(imm, buffer.value());
            case GuestStep.Attest(Ipa page) -> new Attesting(page.value());
            case GuestStep.StartSecondaries(Ipa entry) -> new StartingSecondaries(entry.value(), vcpus);
            case GuestStep.PowerOff() -> new OneSmc(PSCI_SYSTEM_OFF);
            case GuestStep.Halt() -> new Halting();
        };
    }

    /** Goes on until the next trap; null when the step is over. */
    abstract @Nullable Trap proceed(VirtualCpu cpu);

    End end() {
        return end;
    }

    void end(End how) {
        end = how;
    }

    static Trap smc(VirtualCpu cpu, long fid, long... arguments) {
        cpu.register(0, fid);
        for (int i = 1; i < SMC_REGISTERS; i++) {
            cpu.register(i, i <= arguments.length ? arguments[i - 1] : 0);
        }
        return Trap.SMC;
    }

    /** Touches memory until it works, or until the host has emulated the access. */
    private static final class Touching extends StepRun {
        private final Access access;
        private final long ipa;
        private boolean tried;
        private long pc;

        Touching(Access access, long ipa) {
            this.access = access;
            this.ipa = ipa;
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            boolean emulated = tried && cpu.pc() != pc;
            if (emulated || cpu.touch(access, ipa, ipa)) {
                return null;
            }
            tried = true;
            pc = cpu.pc();
            return Trap.SYNC;
        }
    }

    /** A call whose results nobody needs. */
    private static final class OneSmc extends StepRun {
        private final long fid;
        private final long[] arguments;
        private boolean called;

        OneSmc(long fid, long... arguments) {
            this.fid = fid;
            this.arguments = arguments;
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (called) {
                return null;
            }
            called = true;
            return smc(cpu, fid, arguments);
        }
    }

    private static final class Detecting extends StepRun {
        private static final long RSI_1_0 = 0x10000;
        private int calls;

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            return switch (calls++) {
                case 0 -> smc(cpu, RsiCommand.RSI_VERSION.fid(), RSI_1_0);
                case 1 -> smc(cpu, RsiCommand.RSI_FEATURES.fid(), 0);
                default -> null;
            };
        }
    }

    /** Linux' rsi_set_memory_range: asks again for the rest until the whole range is done. */
    private static final class Declaring extends StepRun {
        private static final long REJECT = 1;

        private final IpaRange range;
        private final long ripas;
        private final long changeDestroyed;
        private long next;
        private boolean asked;

        Declaring(IpaRange range, long ripas, boolean changeDestroyed) {
            this.range = range;
            this.ripas = ripas;
            this.changeDestroyed = changeDestroyed ? 1 : 0;
            this.next = range.start();
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (asked) {
                boolean refused = cpu.register(0) != 0;
                if (refused || cpu.register(2) == REJECT) {
                    end(refused ? End.REFUSED : End.REJECTED);
                    return null;
                }
                next = cpu.register(1);
            }
            if (next == range.top()) {
                return null;
            }
            asked = true;
            return smc(cpu, RsiCommand.RSI_IPA_STATE_SET.fid(), next, range.top(), ripas, changeDestroyed);
        }
    }

    /** Reads run after run of equal RIPAS and extends base, top and value of each into a REM. */
    private static final class MeasuringRipas extends StepRun {
        private final int rem;
        private final IpaRange range;
        private long next;
        private boolean reading;

        MeasuringRipas(int rem, IpaRange range) {
            this.rem = rem;
            this.range = range;
            this.next = range.start();
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (reading) {
                reading = false;
                if (cpu.register(0) != 0) {
                    end(End.REFUSED);
                    return null;
                }
                long start = next;
                next = cpu.register(1);
                long ripas = cpu.register(2);
                long words = 3L * Long.BYTES;
                return smc(cpu, RsiCommand.RSI_MEASUREMENT_EXTEND.fid(), rem, words, start, next, ripas);
            }
            if (next >= range.top()) {
                return null;
            }
            reading = true;
            return smc(cpu, RsiCommand.RSI_IPA_STATE_GET.fid(), next, range.top());
        }
    }

    private static final class Extending extends StepRun {
        private final int rem;
        private final byte[] value;
        private boolean called;

        Extending(int rem, byte[] value) {
            this.rem = rem;
            this.value = value;
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (called) {
                return null;
            }
            called = true;
            long[] arguments = new long[2 + 8];
            arguments[0] = rem;
            arguments[1] = value.length;
            for (int i = 0; i < value.length; i++) {
                arguments[2 + i / Long.BYTES] |= (value[i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
            }
            return smc(cpu, RsiCommand.RSI_MEASUREMENT_EXTEND.fid(), arguments);
        }
    }

    private static final class CallingHost extends StepRun {
        private final HostCallStructure structure;
        private final int imm;
        private boolean called;

        CallingHost(int imm, long buffer) {
            this.structure = new HostCallStructure(buffer);
            this.imm = imm;
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (called) {
                return null;
            }
            Trap trap = structure.call(cpu, imm);
            called = trap == Trap.SMC;
            return trap;
        }
    }

    private static final class StartingSecondaries extends StepRun {
        private final long entry;
        private final int vcpus;
        private int next = 1;

        StartingSecondaries(long entry, int vcpus) {
            this.entry = entry;
            this.vcpus = vcpus;
        }

        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            if (next == vcpus) {
                return null;
            }
            int target = next++;
            return smc(cpu, PSCI_CPU_ON, Mpidr.ofIndex(target), entry, target);
        }
    }

    private static final class Halting extends StepRun {
        @Override
        @Nullable
        Trap proceed(VirtualCpu cpu) {
            end(End.WAITING);
            return null;
        }
    }
}
