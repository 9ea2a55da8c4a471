package io.realmwright.machine.trace;

import static java.util.Map.entry;

import io.realmwright.machine.attestation.TokenSigner;
import io.realmwright.machine.rmm.GranuleState;
import io.realmwright.machine.spec.Granule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of one line into a {@link TraceLine}. Every key and every combination of keys must be one of the
 * format's: a line that is only half understood would be compared by half.
 */
final class TraceLineParser {
    static final int ARGUMENTS_MAX = 6;
    static final int RESULTS_MAX = 8;
    static final int EXIT_HALF_BYTES = 0x800;
    static final int GUEST_RESULTS = 9;

    private static final int WORDS_MAX = Granule.SIZE_BYTES / Long.BYTES;
    private static final int MEASUREMENT_SLOTS = 5;
    private static final Set<String> GRANULE_STATES =
            Arrays.stream(GranuleState.values()).map(GranuleState::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> REALM_STATES = Set.of("NEW", "ACTIVE", "SYSTEM_OFF", "ZOMBIE");

    /** By the key that says what a line is. */
    private static final Map<String, Parser> PARSERS = Map.ofEntries(
            entry("info", InfoParser::parse),
            entry("note", fields -> new TraceLine.Note(fields.text("note"))),
            entry("call", TraceLineParser::call),
            entry("guest_queue", fields -> new TraceLine.Queue(GuestActionParser.parse(fields.items("guest_queue")))),
            entry("token", TraceLineParser::token),
            entry("zero", fields -> new TraceLine.Zero(fields.number("zero"))),
            entry("fill", fields -> new TraceLine.Fill(fields.number("fill"), fields.number("seed"))),
            entry("write", TraceLineParser::write),
            entry("readq", TraceLineParser::readWords),
            entry("rim", TraceLineParser::measurement),
            entry("rd", TraceLineParser::realm),
            entry("gstate", TraceLineParser::granule),
            entry("gstates", TraceLineParser::granules),
            entry("rtt", TraceLineParser::tables),
            entry("gread", TraceLineParser::guestRead),
            entry("gwrite", TraceLineParser::guestWrite));

    private TraceLineParser() {}

    static TraceLine parse(String line) throws TraceFormatException {
        Json json;
        try {
            json = JsonReader.read(line);
        } catch (JsonSyntaxException syntax) {
            throw new TraceFormatException("not JSON, " + syntax.getMessage());
        }
        Fields fields = Fields.of("a line", json);
        TraceLine parsed = parse(fields);
        fields.end();
        return parsed;
    }

    private static TraceLine parse(Fields fields) throws TraceFormatException {
        for (String key : fields.keys()) {
            Parser parser = PARSERS.get(key);
            if (parser != null) {
                return parser.parse(fields);
            }
        }
        fields.end();
        throw new TraceFormatException("the object is empty");
    }

    @FunctionalInterface
    private interface Parser {
        TraceLine parse(Fields fields) throws TraceFormatException;
    }

    private static TraceLine call(Fields fields) throws TraceFormatException {
        String name = fields.text("call");
        Long fid = CommandNames.rmiFid(name);
        if (fid == null) {
            throw new TraceFormatException("unknown RMI command \"" + name + "\"");
        }
        List<TraceNumber> arguments = fields.numbers("args", ARGUMENTS_MAX);
        List<TraceNumber> results = fields.numbers("x", RESULTS_MAX);
        List<TraceLine.GuestCall> guest = new ArrayList<>();
        if (fields.has("guest")) {
            for (Json item : fields.items("guest")) {
                guest.add(guestCall(item));
            }
        }
        return new TraceLine.Call(name, fid, arguments, results, guest, exit(fields));
    }

    private static TraceLine.GuestCall guestCall(Json item) throws TraceFormatException {
        Fields call = Fields.of("an item of \"guest\"", item);
        List<TraceNumber> registers = call.numbers("smc", GuestActionParser.REGISTERS_MAX);
        List<TraceNumber> results = call.numbers("ret", GUEST_RESULTS);
        if (registers.isEmpty() || results.size() != GUEST_RESULTS) {
            throw new TraceFormatException("\"smc\" holds the registers from X0, \"ret\" X0…X8");
        }
        call.end();
        return new TraceLine.GuestCall(registers, results);
    }

    private static @Nullable Map<Integer, TraceNumber> exit(Fields fields) throws TraceFormatException {
        if (!fields.has("exit")) {
            return null;
        }
        if (!(fields.take("exit") instanceof Json.Members(Map<String, Json> members))) {
            throw new TraceFormatException("\"exit\" must be an object");
        }
        Map<Integer, TraceNumber> words = new LinkedHashMap<>();
        for (var member : members.entrySet()) {
            int offset = offset("a key of \"exit\"", TraceNumber.parse(member.getKey()), EXIT_HALF_BYTES);
            if (words.put(offset, Fields.number("\"exit\"", member.getValue())) != null) {
                throw new TraceFormatException("\"exit\" names the offset " + member.getKey() + " twice");
            }
        }
        return words;
    }

    private static TraceLine token(Fields fields) throws TraceFormatException {
        byte[] token = fields.bytes("token");
        if (token.length > TokenSigner.TOKEN_MAX_BYTES) {
            throw new TraceFormatException("\"token\" is longer than " + TokenSigner.TOKEN_MAX_BYTES + " bytes");
        }
        return new TraceLine.Token(token);
    }

    private static TraceLine write(Fields fields) throws TraceFormatException {
        TraceNumber page = fields.number("write");
        if (fields.has("q")) {
            return new TraceLine.WriteWords(page, wordOffset(fields), words(fields, "q"));
        }
        if (!fields.has("hex")) {
            throw new TraceFormatException("\"write\" needs \"q\" or \"hex\"");
        }
        if (!(fields.number("off") instanceof TraceNumber.Plain(long offset))
                || offset < 0
                || offset > Granule.SIZE_BYTES) {
            throw new TraceFormatException("\"off\" must be an offset in the page");
        }
        byte[] bytes = fields.bytes("hex");
        if (bytes.length > Granule.SIZE_BYTES - offset) {
            throw new TraceFormatException("\"hex\" ends behind the page");
        }
        return new TraceLine.WriteBytes(page, (int) offset, bytes);
    }

    private static int wordOffset(Fields fields) throws TraceFormatException {
        return offset("\"off\"", fields.number("off"), Granule.SIZE_BYTES);
    }

    private static int offset(String what, TraceNumber number, int limit) throws TraceFormatException {
        if (number instanceof TraceNumber.Plain(long value) && 0 <= value && value < limit && value % Long.BYTES == 0) {
            return (int) value;
        }
        throw new TraceFormatException(
                what + " must be a multiple of 8 below " + TraceNumber.hex(limit) + ", not " + number);
    }

    private static TraceLine readWords(Fields fields) throws TraceFormatException {
        return new TraceLine.ReadWords(fields.number("readq"), wordOffset(fields), words(fields, "data"));
    }

    private static List<TraceNumber> words(Fields fields, String key) throws TraceFormatException {
        return fields.numbers(key, WORDS_MAX);
    }

    private static TraceLine measurement(Fields fields) throws TraceFormatException {
        TraceNumber rd = fields.number("rim");
        long slot = fields.integer("slot");
        if (slot >= MEASUREMENT_SLOTS) {
            throw new TraceFormatException("\"slot\" must be 0…4, not " + slot);
        }
        return new TraceLine.Measurement(rd, (int) slot, fields.integer("algo"), fields.bytes("value"));
    }

    private static TraceLine realm(Fields fields) throws TraceFormatException {
        String state = fields.text("state");
        if (!REALM_STATES.contains(state)) {
            throw new TraceFormatException("\"" + state + "\" is no state of a realm");
        }
        return new TraceLine.Realm(fields.number("rd"), state, fields.integer("rec_count"));
    }

    private static TraceLine granule(Fields fields) throws TraceFormatException {
        return new TraceLine.Granule(
                fields.number("gstate"), granuleState(fields.take("state")), fields.integer("refcount"));
    }

    private static String granuleState(Json value) throws TraceFormatException {
        String state = Fields.text("a state", value);
        if (!GRANULE_STATES.contains(state)) {
            throw new TraceFormatException("\"" + state + "\" is no state of a granule");
        }
        return state;
    }

    private static TraceLine granules(Fields fields) throws TraceFormatException {
        Map<Long, TraceLine.GranuleEntry> byIndex = new LinkedHashMap<>();
        for (Json item : fields.items("gstates")) {
            List<Json> row = row(item, "gstates", 3);
            long index = Fields.integer("an index", row.get(0));
            var entry = new TraceLine.GranuleEntry(granuleState(row.get(1)), Fields.integer("a refcount", row.get(2)));
            if (byIndex.put(index, entry) != null) {
                throw new TraceFormatException("\"gstates\" names the granule " + index + " twice");
            }
        }
        return new TraceLine.Granules(byIndex);
    }

    private static TraceLine tables(Fields fields) throws TraceFormatException {
        TraceNumber rd = fields.number("rtt");
        long startLevel = Fields.level("\"start_level\"", fields.take("start_level"));
        List<TraceLine.Run> runs = new ArrayList<>();
        for (Json item : fields.items("runs")) {
            List<Json> run = row(item, "runs", 6);
            runs.add(new TraceLine.Run(
                    Fields.level("a level", run.get(0)),
                    Fields.number("a base", run.get(1)),
                    Fields.number("a top", run.get(2)),
                    Fields.integer("an entry state", run.get(3)),
                    Fields.number("a descriptor", run.get(4)),
                    Fields.integer("a RIPAS", run.get(5))));
        }
        return new TraceLine.Tables(rd, startLevel, runs);
    }

    private static List<Json> row(Json item, String key, int columns) throws TraceFormatException {
        List<Json> row = Fields.items("an item of \"" + key + "\"", item);
        if (row.size() != columns) {
            throw new TraceFormatException("an item of \"" + key + "\" has " + columns + " values, not " + row.size());
        }
        return row;
    }

    private static TraceLine guestRead(Fields fields) throws TraceFormatException {
        return new TraceLine.GuestRead(fields.number("gread"), fields.number("ipa"), fields.bytes("hex"));
    }

    private static TraceLine guestWrite(Fields fields) throws TraceFormatException {
        return new TraceLine.GuestWrite(fields.number("gwrite"), fields.number("ipa"), fields.bytes("hex"));
    }
}
