package io.realmwright.machine.trace;

import io.realmwright.machine.spec.Granule;
import java.util.ArrayList;
import java.util.List;

/** Reads the items of {@code guest_queue}. */
final class GuestActionParser {
    /** The SMC calling convention passes X0…X17. */
    static final int REGISTERS_MAX = 18;

    private static final int GENERAL_REGISTERS = 31;

    private GuestActionParser() {}

    static GuestAction parse(List<Json> items) throws TraceFormatException {
        if (items.isEmpty()) {
            throw new TraceFormatException("\"guest_queue\" is empty");
        }
        String what = Fields.text("the first item of \"guest_queue\"", items.getFirst());
        List<Json> rest = items.subList(1, items.size());
        return switch (what) {
            case "rsi" -> rsi(rest);
            case "smc" -> smc(rest);
            case "sync" -> sync(rest);
            case "irq" -> alone(what, rest, new GuestAction.Irq());
            case "fiq" -> alone(what, rest, new GuestAction.Fiq());
            case "write" -> write(rest);
            case "setreg" -> setRegister(rest);
            default -> throw new TraceFormatException("unknown guest action \"" + what + "\"");
        };
    }

    private static GuestAction rsi(List<Json> rest) throws TraceFormatException {
        if (rest.isEmpty()) {
            throw new TraceFormatException("\"rsi\" needs the name of a command");
        }
        String name = Fields.text("the command of \"rsi\"", rest.getFirst());
        Long fid = CommandNames.rsiFid(name);
        if (fid == null) {
            throw new TraceFormatException("unknown RSI command \"" + name + "\"");
        }
        List<TraceNumber> registers = new ArrayList<>();
        registers.add(new TraceNumber.Plain(fid));
        registers.addAll(Fields.numbers("\"rsi\"", rest.subList(1, rest.size()), REGISTERS_MAX - 1));
        return new GuestAction.Smc(registers);
    }

    private static GuestAction smc(List<Json> rest) throws TraceFormatException {
        if (rest.isEmpty()) {
            throw new TraceFormatException("\"smc\" needs a FID");
        }
        return new GuestAction.Smc(Fields.numbers("\"smc\"", rest, REGISTERS_MAX));
    }

    /** FAR and HPFAR may be left out; they are zero then. */
    private static GuestAction sync(List<Json> rest) throws TraceFormatException {
        List<TraceNumber> words = Fields.numbers("\"sync\"", rest, 3);
        if (words.isEmpty()) {
            throw new TraceFormatException("\"sync\" needs an ESR");
        }
        return new GuestAction.Sync(words.getFirst(), wordOrZero(words, 1), wordOrZero(words, 2));
    }

    private static TraceNumber wordOrZero(List<TraceNumber> words, int index) {
        return index < words.size() ? words.get(index) : new TraceNumber.Plain(0);
    }

    private static GuestAction alone(String what, List<Json> rest, GuestAction action) throws TraceFormatException {
        if (!rest.isEmpty()) {
            throw new TraceFormatException("\"" + what + "\" stands alone");
        }
        return action;
    }

    /** An IPA, and at most the words of a page. */
    private static GuestAction write(List<Json> rest) throws TraceFormatException {
        if (rest.isEmpty()) {
            throw new TraceFormatException("\"write\" needs an IPA");
        }
        return new GuestAction.Write(
                Fields.number("\"write\"", rest.getFirst()),
                Fields.numbers("\"write\"", rest.subList(1, rest.size()), Granule.SIZE_BYTES / Long.BYTES));
    }

    private static GuestAction setRegister(List<Json> rest) throws TraceFormatException {
        if (rest.size() != 2) {
            throw new TraceFormatException("\"setreg\" needs a register and a value");
        }
        long register = rest.getFirst() instanceof Json.Text(String text)
                        && TraceNumber.parse(text) instanceof TraceNumber.Plain(long value)
                ? value
                : Fields.integer("the register of \"setreg\"", rest.getFirst());
        if (register < 0 || register >= GENERAL_REGISTERS) {
            throw new TraceFormatException("\"setreg\" needs a register 0…30");
        }
        return new GuestAction.SetRegister((int) register, Fields.number("\"setreg\"", rest.getLast()));
    }
}
