package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.RealmView;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.Rmm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Gives a machine the inputs of a trace and writes what the machine, not the trace, says. */
final class Rerecording {
    private final TraceMachine machine;
    private final Notation notation;
    private final Rmm rmm;
    private final TraceWriter writer;
    private final LinePlayer inputs;

    private Rerecording(TraceMachine machine, TraceWriter writer) {
        this.machine = machine;
        this.notation = machine.notation();
        this.rmm = machine.rmm();
        this.writer = writer;
        this.inputs = new LinePlayer(machine, new ReplayTally("inputs"), new WorkBudget(Long.MAX_VALUE));
    }

    static void write(List<String> trace, TraceWriter writer) throws TraceFormatException, UnplayableException {
        TraceLine.MachineInfo info = TraceMachine.RECORDED;
        writer.info(
                "2.0",
                "re-recorded",
                info.dramBase(),
                info.dramGranules(),
                info.deviceBase(),
                info.deviceGranules(),
                new long[] {0x104130, 0x142a9, 0xa1, 0x3, 0xfffe});
        var rerecording = new Rerecording(new TraceMachine(info), writer);
        for (String line : trace) {
            rerecording.write(TraceLineParser.parse(line));
        }
    }

    private void write(TraceLine line) throws UnplayableException {
        switch (line) {
            case TraceLine.MachineInfo _ -> {}
            case TraceLine.Note note -> writer.note(note.text());
            case TraceLine.Call call -> call(call);
            case TraceLine.Queue queue -> queue(queue);
            case TraceLine.Zero zero -> {
                inputs.play(zero);
                writer.zero(notation.value(zero.page()));
            }
            case TraceLine.Fill fill -> {
                inputs.play(fill);
                writer.fill(notation.value(fill.page()), notation.value(fill.seed()));
            }
            case TraceLine.WriteWords words -> {
                inputs.play(words);
                writer.writeWords(notation.value(words.page()), words.offset(), notation.values(words.words()));
            }
            case TraceLine.WriteBytes bytes -> {
                inputs.play(bytes);
                writer.writeBytes(notation.value(bytes.page()), bytes.offset(), bytes.bytes(), 0, bytes.bytes().length);
            }
            case TraceLine.GuestWrite write -> {
                inputs.play(write);
                writer.guestWrite(notation.value(write.rd()), notation.value(write.ipa()), write.bytes());
            }
            default -> observe(line);
        }
    }

    private void call(TraceLine.Call call) throws UnplayableException {
        long[] arguments = notation.values(call.arguments());
        long[] x = new long[Rmm.REGISTERS];
        x[0] = call.fid();
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        rmm.smc(x);
        for (int n = 0; n < call.results().size(); n++) {
            notation.agree(call.results().get(n), x[n]);
        }
        List<QueuedGuest.FinishedCall> finished = machine.guest().takeFinished();
        if (call.fid() == RmiCommand.RMI_REC_ENTER.fid()) {
            List<TraceWriter.GuestCall> guest = finished.stream()
                    .map(made -> new TraceWriter.GuestCall(made.registers(), made.results()))
                    .toList();
            writer.enter(arguments, x, guest, x[0] == 0 ? exitHalf(arguments[1]) : null);
        } else {
            writer.call(call.name(), arguments, x);
        }
    }

    private long[] exitHalf(long page) {
        long[] words = new long[0x800 / Long.BYTES];
        Arrays.setAll(words, i -> rmm.memory().readWord(page + 0x800 + (long) i * Long.BYTES));
        return words;
    }

    private void queue(TraceLine.Queue queue) throws UnplayableException {
        inputs.play(queue);
        switch (queue.action()) {
            case GuestAction.Smc smc -> writer.queueSmc(notation.values(smc.registers()));
            case GuestAction.Sync sync ->
                writer.queueSync(notation.value(sync.esr()), notation.value(sync.far()), notation.value(sync.hpfar()));
            case GuestAction.Irq _ -> writer.queueIrq();
            case GuestAction.Fiq _ -> writer.queueFiq();
            case GuestAction.SetRegister set -> writer.queueRegister(set.register(), notation.value(set.value()));
        }
    }

    private void observe(TraceLine line) throws UnplayableException {
        switch (line) {
            case TraceLine.ReadWords words -> {
                long page = notation.value(words.page());
                long[] now = new long[words.words().size()];
                Arrays.setAll(now, i -> rmm.memory().readWord(page + words.offset() + (long) i * Long.BYTES));
                writer.readWords(page, words.offset(), now);
            }
            case TraceLine.Measurement measurement -> {
                byte[] value = realm(measurement.rd()).measurement(measurement.slot());
                writer.measurement(
                        notation.value(measurement.rd()), measurement.slot(), (int) measurement.algorithm(), value);
            }
            case TraceLine.Realm realm -> {
                RealmView view = realm(realm.rd());
                writer.realm(notation.value(realm.rd()), view.state(), view.recCount());
            }
            case TraceLine.Granule granule -> {
                long pa = notation.value(granule.address());
                writer.granule(pa, rmm.granuleState(pa).name(), rmm.refcount(pa));
            }
            case TraceLine.Granules _ -> {
                List<TraceWriter.Granule> used = new ArrayList<>();
                rmm.forEachUsedGranule(
                        (index, state, refcount) -> used.add(new TraceWriter.Granule(index, state.name(), refcount)));
                writer.granules(used);
            }
            case TraceLine.Tables tables -> tables(notation.value(tables.rd()), realm(tables.rd()));
            case TraceLine.GuestRead read -> {
                byte[] now = new byte[read.bytes().length];
                machine.readGuest(notation.value(read.rd()), notation.value(read.ipa()), now);
                writer.guestRead(notation.value(read.rd()), notation.value(read.ipa()), now);
            }
            default -> throw new IllegalArgumentException("an input: " + line);
        }
    }

    private void tables(long rd, RealmView realm) throws UnplayableException {
        List<TraceWriter.Run> runs = TableDump.of(rmm, rd, realm.ipaBits(), new WorkBudget(Long.MAX_VALUE)).stream()
                .map(run -> new TraceWriter.Run(
                        (int) run.level(), run.base(), run.top(), (int) run.state(), run.descriptor(), (int)
                                run.ripas()))
                .toList();
        writer.tables(rd, realm.startLevel(), runs);
    }

    private RealmView realm(TraceNumber rd) throws UnplayableException {
        return Objects.requireNonNull(rmm.realm(notation.value(rd)));
    }
}
