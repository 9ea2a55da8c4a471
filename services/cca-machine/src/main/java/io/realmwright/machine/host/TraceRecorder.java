package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiFunction;
import io.realmwright.machine.rmm.RmiStatus;
import io.realmwright.machine.rmm.Rmm;
import io.realmwright.machine.rmm.RmmConfig;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.rmm.RunPage;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.trace.TraceSink;
import io.realmwright.machine.trace.TraceWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a realm's host, guest and RMM do, so that the lines replay on a fresh machine. What a guest did in an
 * entry is known only afterwards, but stands before the entry in a trace: it is queued up until then.
 */
final class TraceRecorder {
    private static final int GUEST_RESULTS = 9;
    private static final int SMC_REGISTERS = 11;
    private static final int HOST_CALL_BYTES = 256;
    /** ISV and WnR of a data abort. */
    private static final long ESR_EMULATABLE_WRITE = 1L << 24 | 1L << 6;

    private static final int ESR_SRT_SHIFT = 16;
    private static final int ESR_SRT_MASK = 0x1f;
    private static final int ZERO_REGISTER = 31;

    private static final long RMI_1_0 = 0x10000;
    /** What an RMM 1.0 answers to a host that asks for it. */
    private static final long[] VERSION_1_0 = {0, RMI_1_0, RMI_1_0, 0, 0};

    private final @Nullable TraceWriter writer;
    private final @Nullable Rmm rmm;
    private final List<Runnable> guestActions = new ArrayList<>();
    private final List<TraceWriter.GuestCall> finishedCalls = new ArrayList<>();
    /** The guest's SMC that has no result yet, by REC. */
    private final Map<Long, long[]> openCalls = new HashMap<>();

    private long rd;

    private TraceRecorder(@Nullable TraceWriter writer, @Nullable Rmm rmm) {
        this.writer = writer;
        this.rmm = rmm;
    }

    static TraceRecorder off() {
        return new TraceRecorder(null, null);
    }

    /** Begins a trace with the machine and the boot that every replay needs. */
    static TraceRecorder to(TraceSink sink, Rmm rmm, RmmConfig config) {
        if (sink.equals(TraceSink.NONE)) {
            return off();
        }
        var writer = new TraceWriter(sink);
        writer.info(
                config.revision().number(),
                "simulated by realmwright",
                config.dramBase(),
                config.dramGranules(),
                config.deviceBase(),
                config.deviceGranules(),
                config.features());
        switch (config.revision()) {
            // RMM 1.0 has no boot state: its host asks for the version, and that is all.
            case RMI_1_0 -> writer.call(RmiCommand.RMI_VERSION.name(), new long[] {RMI_1_0}, VERSION_1_0);
            case RMI_2_0 -> writer.call(RmiCommand.RMI_RMM_ACTIVATE.name(), new long[0], new long[Rmm.REGISTERS]);
        }
        return new TraceRecorder(writer, rmm);
    }

    void note(String text) {
        if (writer != null) {
            writer.note(text);
        }
    }

    void zeroed(long page) {
        if (writer != null) {
            writer.zero(page);
        }
    }

    void wrote(long page, int offset, long... words) {
        if (writer != null) {
            writer.writeWords(page, offset, words);
        }
    }

    /** A page of an image: generated contents are written as their rule, anything else in full. */
    void wroteGranule(long page, byte[] image, int offset) {
        if (writer == null) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(image, offset, offset + Granule.SIZE_BYTES);
        if (GeneratedImage.isGenerated(bytes)) {
            writer.fill(page, GeneratedImage.seedOf(bytes));
        } else {
            writer.writeBytes(page, 0, bytes, 0, Granule.SIZE_BYTES);
        }
    }

    void before(RmiFunction command, long[] arguments) {
        if (writer != null && command == RmiCommand.RMI_REALM_CREATE) {
            rd = arguments[0];
        }
    }

    void after(RmiFunction command, long[] arguments, long[] x) {
        if (writer == null) {
            return;
        }
        if (command == RmiCommand.RMI_REC_ENTER) {
            guestActions.forEach(Runnable::run);
            writer.enter(arguments, x, finishedCalls, x[0] == RmiStatus.SUCCESS ? exitHalf(arguments[1]) : null);
            guestActions.clear();
            finishedCalls.clear();
        } else {
            writer.call(command.name(), arguments, x);
        }
    }

    private long[] exitHalf(long runPage) {
        long[] words = new long[(Granule.SIZE_BYTES - RunPage.EXIT) / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = machine().memory().readWord(runPage + RunPage.EXIT + (long) i * Long.BYTES);
        }
        return words;
    }

    /** The guest is about to run: if it made a call, the results are in its registers now. */
    void beforeGuest(VirtualCpu cpu) {
        long[] open = writer == null ? null : openCalls.remove(cpu.recAddress());
        if (open != null) {
            long[] results = new long[GUEST_RESULTS];
            for (int i = 0; i < results.length; i++) {
                results[i] = cpu.register(i);
            }
            finishedCalls.add(new TraceWriter.GuestCall(open, results));
        }
    }

    void afterGuest(VirtualCpu cpu, Trap trap) {
        TraceWriter to = writer;
        if (to == null) {
            return;
        }
        switch (trap) {
            case SMC -> smc(to, cpu);
            case SYNC -> sync(to, cpu);
            case IRQ -> guestActions.add(to::queueIrq);
            case FIQ -> guestActions.add(to::queueFiq);
            case SERROR -> throw new IllegalStateException("no guest of this host raises an SError");
        }
    }

    /** The host gets to see what an emulated write stores, which may have come from memory that no trace shows. */
    private void sync(TraceWriter to, VirtualCpu cpu) {
        long esr = cpu.esr();
        long far = cpu.far();
        long hpfar = cpu.hpfar();
        int source = (int) (esr >> ESR_SRT_SHIFT) & ESR_SRT_MASK;
        if ((esr & ESR_EMULATABLE_WRITE) == ESR_EMULATABLE_WRITE && source != ZERO_REGISTER) {
            long value = cpu.register(source);
            guestActions.add(() -> to.queueRegister(source, value));
        }
        guestActions.add(() -> to.queueSync(esr, far, hpfar));
    }

    private void smc(TraceWriter to, VirtualCpu cpu) {
        long[] registers = arguments(cpu);
        if (registers[0] == RsiCommand.RSI_HOST_CALL.fid()) {
            hostCallStructure(to, cpu.register(1));
        }
        guestActions.add(() -> to.queueSmc(registers));
        openCalls.put(cpu.recAddress(), registers);
    }

    /** The FID and its arguments, up to the last that is not zero. */
    private static long[] arguments(VirtualCpu cpu) {
        int count = SMC_REGISTERS;
        while (count > 1 && cpu.register(count - 1) == 0) {
            count--;
        }
        long[] registers = new long[count];
        for (int i = 0; i < count; i++) {
            registers[i] = cpu.register(i);
        }
        return registers;
    }

    /** What the guest wrote for its host call is the one part of its memory that the host gets to see. */
    private void hostCallStructure(TraceWriter to, long ipa) {
        byte[] structure = new byte[HOST_CALL_BYTES];
        if (ipa % HOST_CALL_BYTES == 0 && machine().readGuest(rd, ipa, structure)) {
            long realm = rd;
            guestActions.add(() -> to.guestWrite(realm, ipa, structure));
        }
    }

    private Rmm machine() {
        if (rmm == null) {
            throw new IllegalStateException("a trace is written without a machine");
        }
        return rmm;
    }
}
