package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.RmiCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the RMI calls of a trace and compares what they answer. */
final class CallPlayer {
    /** X0…X4 are always compared; those that a line does not list are zero. */
    private static final int RESULTS_MIN = 5;

    private static final int EXIT_WORDS = TraceLineParser.EXIT_HALF_BYTES / Long.BYTES;
    private static final int EXIT_HALF_OFFSET = 0x800;
    private static final int STATUS_MASK = 0xFF;
    private static final int RMI_SUCCESS = 0;
    private static final int RMI_INCOMPLETE = 13;
    private static final TraceNumber ZERO = new TraceNumber.Plain(0);
    private static final String NOTHING = "nothing";

    private final TraceMachine machine;
    private final Notation notation;
    private final ReplayTally tally;
    private final long[] x = new long[TraceLineParser.RESULTS_MAX];

    CallPlayer(TraceMachine machine, ReplayTally tally) {
        this.machine = machine;
        this.notation = machine.notation();
        this.tally = tally;
    }

    void play(TraceLine.Call line) throws UnplayableException {
        long[] arguments = notation.values(line.arguments());
        tally.call(text(line));
        for (int n = 1; n < x.length; n++) {
            x[n] = n <= arguments.length ? arguments[n - 1] : 0;
        }
        x[0] = line.fid();
        machine.rmm().smc(x);
        compareResults(line.results());
        compareGuest(line.guest());
        if (line.exit() != null) {
            compareExit(arguments, line.exit());
        }
        if (line.fid() == RmiCommand.RMI_REC_DESTROY.fid() && arguments.length > 0 && recIsGone()) {
            machine.guest().forget(arguments[0]);
        }
    }

    private boolean recIsGone() {
        long status = x[0] & STATUS_MASK;
        return status == RMI_SUCCESS || status == RMI_INCOMPLETE;
    }

    private static String text(TraceLine.Call line) {
        var text = new StringBuilder(line.name());
        for (TraceNumber argument : line.arguments()) {
            text.append(' ').append(argument);
        }
        return text.toString();
    }

    private void compareResults(List<TraceNumber> listed) throws UnplayableException {
        List<TraceNumber> expected = new ArrayList<>(listed);
        while (expected.size() < RESULTS_MIN) {
            expected.add(ZERO);
        }
        for (int n = 0; n < expected.size(); n++) {
            if (!notation.agree(expected.get(n), x[n])) {
                tally.differed(Expectation.CALL_RESULT, recorded(expected), answered(x, expected.size()));
                return;
            }
        }
        tally.agreed(Expectation.CALL_RESULT);
    }

    private void compareGuest(List<TraceLine.GuestCall> expected) throws UnplayableException {
        List<QueuedGuest.FinishedCall> actual = machine.guest().takeFinished();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            TraceLine.@Nullable GuestCall wanted = i < expected.size() ? expected.get(i) : null;
            QueuedGuest.@Nullable FinishedCall made = i < actual.size() ? actual.get(i) : null;
            if (wanted != null
                    && made != null
                    && equal(wanted.registers(), made.registers())
                    && equal(wanted.results(), made.results())) {
                tally.agreed(Expectation.GUEST_RET);
            } else {
                tally.differed(
                        Expectation.GUEST_RET,
                        wanted == null ? NOTHING : guestCall(recorded(wanted.registers()), recorded(wanted.results())),
                        made == null ? NOTHING : guestCall(answered(made.registers()), answered(made.results())));
            }
        }
    }

    private boolean equal(List<TraceNumber> expected, long[] actual) throws UnplayableException {
        if (expected.size() != actual.length) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            if (notation.value(expected.get(i)) != actual[i]) {
                return false;
            }
        }
        return true;
    }

    private void compareExit(long[] arguments, Map<Integer, TraceNumber> expected) throws UnplayableException {
        if (arguments.length < 2 || !notation.isDramPage(arguments[1])) {
            throw new UnplayableException("a call with an \"exit\" names a run page in X2");
        }
        long exitHalf = arguments[1] + EXIT_HALF_OFFSET;
        List<String> wanted = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int word = 0; word < EXIT_WORDS; word++) {
            int offset = word * Long.BYTES;
            TraceNumber value = expected.getOrDefault(offset, ZERO);
            long actual = machine.rmm().memory().readWord(exitHalf + offset);
            if (notation.value(value) != actual) {
                wanted.add(exitWord(offset, value.toString()));
                found.add(exitWord(offset, notation.text(actual)));
            }
        }
        if (wanted.isEmpty()) {
            tally.agreed(Expectation.EXIT);
        } else {
            tally.differed(Expectation.EXIT, "{" + String.join(",", wanted) + "}", "{" + String.join(",", found) + "}");
        }
    }

    private static String exitWord(int offset, String value) {
        return "\"" + TraceNumber.hex(offset) + "\":\"" + value + "\"";
    }

    private static String guestCall(String registers, String results) {
        return "{\"smc\":" + registers + ",\"ret\":" + results + "}";
    }

    private static String recorded(List<TraceNumber> numbers) {
        return array(numbers.stream().map(TraceNumber::toString).toList());
    }

    private String answered(long[] values) {
        return answered(values, values.length);
    }

    private String answered(long[] values, int count) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(notation.text(values[i]));
        }
        return array(texts);
    }

    private static String array(List<String> values) {
        return "[\"" + String.join("\",\"", values) + "\"]";
    }
}
