package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.RealmView;
import io.realmwright.machine.rmm.Rmm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the state of the machine with what a trace says about it. */
final class StateComparison {
    private static final String NO_REALM = "no realm";
    private static final int EXCERPT_BYTES = 16;
    private static final int EXCERPT_GRANULES = 4;

    private final Rmm rmm;
    private final TraceMachine machine;
    private final Notation notation;
    private final ReplayTally tally;
    private final WorkBudget budget;

    StateComparison(TraceMachine machine, ReplayTally tally, WorkBudget budget) {
        this.rmm = machine.rmm();
        this.machine = machine;
        this.notation = machine.notation();
        this.tally = tally;
        this.budget = budget;
    }

    void compare(TraceLine.Measurement line) throws UnplayableException {
        RealmView realm = realm(line.rd());
        String actual = realm == null ? NO_REALM : measurement(realm.measurement(line.slot()));
        report(Expectation.RIM, measurement(line.algorithm(), line.value()), actual);
    }

    private static String measurement(byte[] digest) {
        long algorithm = switch (digest.length) {
            case 32 -> 0;
            case 64 -> 1;
            case 48 -> 2;
            default -> throw new IllegalStateException("a measurement of " + digest.length + " bytes");
        };
        return measurement(algorithm, digest);
    }

    private static String measurement(long algorithm, byte[] digest) {
        return "\"algo\":" + algorithm + ",\"value\":\"" + HexFormat.of().formatHex(digest) + "\"";
    }

    void compare(TraceLine.Realm line) throws UnplayableException {
        RealmView realm = realm(line.rd());
        String actual = realm == null ? NO_REALM : realm(realm.state(), realm.recCount());
        report(Expectation.RD, realm(line.state(), line.recCount()), actual);
    }

    private static String realm(String state, long recCount) {
        return "\"state\":\"" + state + "\",\"rec_count\":" + recCount;
    }

    void compare(TraceLine.Granule line) throws UnplayableException {
        long pa = machine.dramPage(line.address());
        report(
                Expectation.GSTATE,
                granule(line.state(), line.refcount()),
                granule(rmm.granuleState(pa).name(), rmm.refcount(pa)));
    }

    private static String granule(String state, long refcount) {
        return "\"state\":\"" + state + "\",\"refcount\":" + refcount;
    }

    void compare(TraceLine.Granules line) throws UnplayableException {
        Map<Long, TraceLine.GranuleEntry> missing = new HashMap<>(line.byIndex());
        List<String> found = new ArrayList<>();
        long[] granules = {0};
        rmm.forEachUsedGranule((index, state, refcount) -> {
            granules[0]++;
            var actual = new TraceLine.GranuleEntry(state.name(), refcount);
            if (!missing.remove(index, actual) && found.size() < EXCERPT_GRANULES) {
                found.add(granule(index, actual));
            }
        });
        budget.spend(granules[0]);
        List<String> expected = missing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(EXCERPT_GRANULES)
                .map(entry -> granule(entry.getKey(), entry.getValue()))
                .toList();
        report(Expectation.GSTATES, excerpt(expected), excerpt(found));
    }

    private static String excerpt(List<String> granules) {
        return "[" + String.join(",", granules) + "]";
    }

    private static String granule(long index, TraceLine.GranuleEntry entry) {
        return "[" + index + ",\"" + entry.state() + "\"," + entry.refcount() + "]";
    }

    void compare(TraceLine.ReadWords line) throws UnplayableException {
        long pa = machine.dramPage(line.page()) + line.offset();
        for (int i = 0; i < line.words().size(); i++) {
            int offset = i * Long.BYTES;
            TraceNumber expected = line.words().get(i);
            long actual = rmm.memory().readWord(pa + offset);
            if (notation.value(expected) != actual) {
                String at = "at " + TraceNumber.hex(line.offset() + offset) + ": ";
                tally.differed(Expectation.READQ, at + expected, at + notation.text(actual));
                return;
            }
        }
        tally.agreed(Expectation.READQ);
    }

    void compare(TraceLine.GuestRead line) throws UnplayableException {
        long ipa = notation.value(line.ipa());
        byte[] expected = line.bytes();
        byte[] actual = new byte[expected.length];
        if (!machine.readGuest(notation.value(line.rd()), ipa, actual)) {
            tally.differed(Expectation.GREAD, excerpt(expected, 0), "no memory mapped");
            return;
        }
        int mismatch = Arrays.mismatch(expected, actual);
        if (mismatch < 0) {
            tally.agreed(Expectation.GREAD);
        } else {
            tally.differed(Expectation.GREAD, excerpt(expected, mismatch), excerpt(actual, mismatch));
        }
    }

    private static String excerpt(byte[] bytes, int from) {
        int end = Math.min(bytes.length, from + EXCERPT_BYTES);
        return "at +" + TraceNumber.hex(from) + ": \"" + HexFormat.of().formatHex(bytes, from, end) + "\"";
    }

    void compare(TraceLine.Tables line) throws UnplayableException {
        long rd = notation.value(line.rd());
        RealmView realm = rmm.realm(rd);
        if (realm == null) {
            tally.differed(Expectation.RTT, "\"start_level\":" + line.startLevel(), NO_REALM);
            return;
        }
        if (realm.startLevel() != line.startLevel()) {
            report(Expectation.RTT, "\"start_level\":" + line.startLevel(), "\"start_level\":" + realm.startLevel());
            return;
        }
        List<TableDump.Run> actual = TableDump.of(rmm, rd, realm.ipaBits(), budget);
        for (int i = 0; i < Math.max(line.runs().size(), actual.size()); i++) {
            TraceLine.@Nullable Run wanted =
                    i < line.runs().size() ? line.runs().get(i) : null;
            TableDump.@Nullable Run found = i < actual.size() ? actual.get(i) : null;
            if (wanted == null || !resolved(wanted).equals(found)) {
                tally.differed(Expectation.RTT, recorded(wanted), answered(found));
                return;
            }
        }
        tally.agreed(Expectation.RTT);
    }

    private TableDump.Run resolved(TraceLine.Run run) throws UnplayableException {
        return new TableDump.Run(
                run.level(),
                notation.value(run.base()),
                notation.value(run.top()),
                run.state(),
                notation.value(run.descriptor()),
                run.ripas());
    }

    private static String recorded(TraceLine.@Nullable Run run) {
        return run == null
                ? "no more runs"
                : run(run.level(), run.base() + "", run.top() + "", run.state(), run.descriptor() + "", run.ripas());
    }

    private String answered(TableDump.@Nullable Run run) {
        return run == null
                ? "no more runs"
                : run(
                        run.level(),
                        TraceNumber.hex(run.base()),
                        TraceNumber.hex(run.top()),
                        run.state(),
                        notation.text(run.descriptor()),
                        run.ripas());
    }

    private static String run(long level, String base, String top, long state, String descriptor, long ripas) {
        return "[" + level + ",\"" + base + "\",\"" + top + "\"," + state + ",\"" + descriptor + "\"," + ripas + "]";
    }

    private @Nullable RealmView realm(TraceNumber rd) throws UnplayableException {
        return rmm.realm(notation.value(rd));
    }

    private void report(Expectation expectation, String expected, String actual) {
        if (expected.equals(actual)) {
            tally.agreed(expectation);
        } else {
            tally.differed(expectation, expected, actual);
        }
    }
}
