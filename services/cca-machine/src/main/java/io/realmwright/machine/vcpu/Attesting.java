package io.realmwright.machine.vcpu;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.rmm.Trap;
import io.realmwright.machine.rmm.VirtualCpu;
import io.realmwright.machine.spec.Granule;
import org.jspecify.annotations.Nullable;

/** The attestation agent of a guest: one challenge after the other, until the vCPU is not run any more. */
final class Attesting extends StepRun {
    private static final int CHALLENGE_WORDS = 8;
    private static final int PIECE_BYTES = Granule.SIZE_BYTES / 2;
    /** X0 of a host call is their number, X1 to X30 hold them. */
    private static final int PART_WORDS_MAX = 30;

    private static final long SUCCESS = 0;
    private static final long INCOMPLETE = 3;

    private enum Phase {
        ASK,
        READ_CHALLENGE,
        BEGIN_TOKEN,
        GET_PIECE,
        READ_PART,
        HAND_OVER
    }

    private final long page;
    private final HostCallStructure structure;
    private final long[] challenge = new long[CHALLENGE_WORDS];
    private final long[] part = new long[1 + PART_WORDS_MAX];

    private Phase phase = Phase.ASK;
    /** Whether the call of this phase was made, so that its results stand in the registers. */
    private boolean called;

    private int wordsRead;
    private long status = SUCCESS;
    private int pieceBytes;
    private int pieceBytesHandedOver;

    Attesting(long page) {
        this.page = page;
        this.structure = new HostCallStructure(page + PIECE_BYTES);
    }

    @Override
    @Nullable
    Trap proceed(VirtualCpu cpu) {
        Trap trap = null;
        while (trap == null && end() == End.DONE) {
            trap = switch (phase) {
                case ASK -> ask(cpu);
                case READ_CHALLENGE -> readChallenge(cpu);
                case BEGIN_TOKEN -> beginToken(cpu);
                case GET_PIECE -> getPiece(cpu);
                case READ_PART -> readPart(cpu);
                case HAND_OVER -> handOver(cpu);
            };
        }
        return trap;
    }

    private @Nullable Trap ask(VirtualCpu cpu) {
        if (!called) {
            return made(structure.call(cpu, GuestStep.Attest.AWAIT_CHALLENGE, status));
        }
        return answered(cpu) ? next(Phase.READ_CHALLENGE) : null;
    }

    private @Nullable Trap readChallenge(VirtualCpu cpu) {
        while (wordsRead < CHALLENGE_WORDS) {
            if (!cpu.touch(Access.READ, structure.register(wordsRead), 0)) {
                return Trap.SYNC;
            }
            challenge[wordsRead++] = cpu.register(0);
        }
        return next(Phase.BEGIN_TOKEN);
    }

    private @Nullable Trap beginToken(VirtualCpu cpu) {
        if (!called) {
            return made(smc(cpu, RsiCommand.RSI_ATTEST_TOKEN_INIT.fid(), challenge));
        }
        status = cpu.register(0);
        return next(status == SUCCESS ? Phase.GET_PIECE : Phase.ASK);
    }

    private @Nullable Trap getPiece(VirtualCpu cpu) {
        if (!called) {
            return made(smc(cpu, RsiCommand.RSI_ATTEST_TOKEN_CONTINUE.fid(), page, 0, PIECE_BYTES));
        }
        status = cpu.register(0);
        pieceBytes = (int) cpu.register(1);
        pieceBytesHandedOver = 0;
        return next(status == SUCCESS || status == INCOMPLETE ? Phase.READ_PART : Phase.ASK);
    }

    /** Pieces begin at a multiple of eight bytes; what is read behind the end of the last one is not handed over. */
    private @Nullable Trap readPart(VirtualCpu cpu) {
        int bytes = Math.min(pieceBytes - pieceBytesHandedOver, PART_WORDS_MAX * Long.BYTES);
        int words = Math.ceilDiv(bytes, Long.BYTES);
        while (wordsRead < words) {
            long address = page + pieceBytesHandedOver + (long) wordsRead * Long.BYTES;
            if (!cpu.touch(Access.READ, address, 0)) {
                return Trap.SYNC;
            }
            wordsRead++;
            part[wordsRead] = cpu.register(0);
        }
        part[0] = bytes;
        return next(Phase.HAND_OVER);
    }

    private @Nullable Trap handOver(VirtualCpu cpu) {
        if (!called) {
            return made(structure.call(cpu, GuestStep.Attest.TOKEN_PART, part));
        }
        if (!answered(cpu)) {
            return null;
        }
        pieceBytesHandedOver += (int) part[0];
        boolean pieceDone = pieceBytesHandedOver == pieceBytes;
        Phase afterPiece = status == INCOMPLETE ? Phase.GET_PIECE : Phase.ASK;
        return next(pieceDone ? afterPiece : Phase.READ_PART);
    }

    private Trap made(Trap trap) {
        called = trap == Trap.SMC;
        return trap;
    }

    /** A host call that the RMM refuses leaves the agent nobody to talk to. */
    private boolean answered(VirtualCpu cpu) {
        boolean answered = cpu.register(0) == SUCCESS;
        if (!answered) {
            end(End.REFUSED);
        }
        return answered;
    }

    private @Nullable Trap next(Phase following) {
        phase = following;
        called = false;
        wordsRead = 0;
        return null;
    }
}
