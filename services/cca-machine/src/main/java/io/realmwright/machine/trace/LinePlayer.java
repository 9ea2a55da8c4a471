package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.Trap;

/** Plays the lines of one trace on a machine: gives it the inputs and compares the answers. */
final class LinePlayer {
    private final TraceMachine machine;
    private final Notation notation;
    private final CallPlayer calls;
    private final StateComparison state;
    private final WorkBudget budget;

    LinePlayer(TraceMachine machine, ReplayTally tally, WorkBudget budget) {
        this.machine = machine;
        this.notation = machine.notation();
        this.calls = new CallPlayer(machine, tally);
        this.state = new StateComparison(machine, tally, budget);
        this.budget = budget;
    }

    void play(TraceLine line) throws UnplayableException {
        switch (line) {
            case TraceLine.MachineInfo _ -> throw new UnplayableException("\"info\" stands before everything else");
            case TraceLine.Note _ -> {}
            case TraceLine.Call call -> {
                budget.spend(1);
                calls.play(call);
            }
            case TraceLine.Queue(GuestAction action) -> machine.guest().enqueue(resolved(action));
            case TraceLine.Token(byte[] bytes) -> machine.signer().enqueue(bytes);
            case TraceLine.Zero(TraceNumber page) -> machine.zero(page);
            case TraceLine.Fill(TraceNumber page, TraceNumber seed) -> machine.fill(page, seed);
            case TraceLine.WriteWords words -> machine.write(words);
            case TraceLine.WriteBytes bytes -> machine.write(bytes);
            case TraceLine.GuestWrite write -> writeGuest(write);
            case TraceLine.ReadWords words -> state.compare(words);
            case TraceLine.Measurement measurement -> state.compare(measurement);
            case TraceLine.Realm realm -> state.compare(realm);
            case TraceLine.Granule granule -> state.compare(granule);
            case TraceLine.Granules granules -> state.compare(granules);
            case TraceLine.Tables tables -> state.compare(tables);
            case TraceLine.GuestRead read -> state.compare(read);
        }
    }

    private QueuedGuest.Action resolved(GuestAction action) throws UnplayableException {
        return switch (action) {
            case GuestAction.Smc smc -> new QueuedGuest.Action.Smc(notation.values(smc.registers()));
            case GuestAction.Sync sync ->
                new QueuedGuest.Action.Sync(
                        notation.value(sync.esr()), notation.value(sync.far()), notation.value(sync.hpfar()));
            case GuestAction.Irq _ -> new QueuedGuest.Action.Interrupt(Trap.IRQ);
            case GuestAction.Fiq _ -> new QueuedGuest.Action.Interrupt(Trap.FIQ);
            case GuestAction.Write(TraceNumber ipa, var words) ->
                new QueuedGuest.Action.Write(notation.value(ipa), notation.values(words));
            case GuestAction.SetRegister(int register, TraceNumber value) ->
                new QueuedGuest.Action.SetRegister(register, notation.value(value));
        };
    }

    private void writeGuest(TraceLine.GuestWrite line) throws UnplayableException {
        long rd = notation.value(line.rd());
        if (!machine.writeGuest(rd, notation.value(line.ipa()), line.bytes())) {
            throw new UnplayableException(line.rd() + " maps no memory at the IPA " + line.ipa());
        }
    }
}
