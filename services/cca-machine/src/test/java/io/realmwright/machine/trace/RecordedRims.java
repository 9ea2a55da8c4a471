package io.realmwright.machine.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.oracle.NaiveMeasurement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calculates the RIMs of one recording from the host's writes and the calls that succeeded, and compares them with the
 * recorded ones. It shares the parser of traces with a replay, and nothing else.
 */
final class RecordedRims {
    private static final int PAGE = 4096;
    private static final long MEMORY_WANTED = 0x10d;
    private static final long MEMORY_RETURNED = 0x20d;
    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-512", "SHA-384");

    private final Map<Long, byte[]> pages = new HashMap<>();
    private final Map<Long, RecordedRealm> realms = new HashMap<>();
    /** Of RECs being created in several calls, by the handle of the operation. */
    private final Map<TraceNumber, byte[]> recParams = new HashMap<>();

    private final Map<TraceNumber, TraceNumber> recRealms = new HashMap<>();
    private final Notation notation;
    private final boolean rmm1_0;

    /** A realm, and where it has tables. */
    private record RecordedRealm(NaiveMeasurement measurement, int startLevel, Set<Table> tables) {
        long entrySizeAt(long ipa) {
            int level = startLevel;
            while (level < 3 && tables.contains(Table.at(level + 1, ipa))) {
                level++;
            }
            return entrySize(level);
        }
    }

    private record Table(int level, long base) {
        static Table at(int level, long ipa) {
            return new Table(level, ipa & -entrySize(level - 1));
        }
    }

    private RecordedRims(TraceLine.MachineInfo info) {
        notation = new Notation(info.dramBase(), info.dramGranules(), info.deviceBase(), info.deviceGranules());
        rmm1_0 = info.rmi().equals("1.0");
    }

    /** The number of RIMs in a recording, all of which agree. */
    static long compare(Path root, String recording) throws IOException, TraceFormatException, UnplayableException {
        try (InputStream trace = Files.newInputStream(root.resolve(recording))) {
            var lines = new TraceLines(trace, ReplayLimits.NONE);
            long compared = 0;
            RecordedRims rims = new RecordedRims(TraceMachine.RECORDED);
            for (String text = lines.next(); text != null; text = lines.next()) {
                TraceLine line = TraceLineParser.parse(text);
                if (line instanceof TraceLine.MachineInfo info) {
                    rims = new RecordedRims(info);
                } else if (line instanceof TraceLine.Measurement rim && rim.slot() == 0) {
                    RecordedRealm realm = rims.realm(rim.rd());
                    assertThat(realm.measurement().rim())
                            .as("%s: %s", recording, text)
                            .isEqualTo(HexFormat.of().formatHex(rim.value()));
                    compared++;
                } else {
                    rims.follow(line);
                }
            }
            return compared;
        }
    }

    private static long entrySize(int level) {
        return (long) PAGE << (9 * (3 - level));
    }

    private void follow(TraceLine line) throws UnplayableException {
        switch (line) {
            case TraceLine.Zero zero -> pages.remove(notation.value(zero.page()));
            case TraceLine.Fill fill -> {
                ByteBuffer page = page(fill.page());
                for (int i = 0; i < PAGE / Long.BYTES; i++) {
                    page.putLong(i * Long.BYTES, notation.value(fill.seed()) + i * 0x9E3779B97F4A7C15L);
                }
            }
            case TraceLine.WriteWords write -> {
                long[] words = notation.values(write.words());
                page(write.page()).position(write.offset()).asLongBuffer().put(words);
            }
            case TraceLine.WriteBytes write -> page(write.page()).put(write.offset(), write.bytes());
            case TraceLine.Call call -> follow(call);
            default -> {}
        }
    }

    private byte[] bytes(TraceNumber address) throws UnplayableException {
        return pages.computeIfAbsent(notation.value(address), none -> new byte[PAGE]);
    }

    private ByteBuffer page(TraceNumber address) throws UnplayableException {
        return ByteBuffer.wrap(bytes(address)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void follow(TraceLine.Call call) throws UnplayableException {
        if (!(call.results().getFirst() instanceof TraceNumber.Plain(long status))) {
            throw new AssertionError("a status is a plain number");
        }
        if (status == MEMORY_WANTED && call.name().equals("RMI_REC_CREATE")) {
            TraceNumber handle = call.results().get(1);
            recParams.put(handle, bytes(call.arguments().get(2)).clone());
            recRealms.put(handle, call.arguments().getFirst());
        } else if (status == MEMORY_RETURNED || call.name().equals("RMI_OP_CANCEL")) {
            recParams.remove(call.arguments().getFirst());
        } else if (status == 0) {
            succeeded(call);
        }
    }

    private void succeeded(TraceLine.Call call) throws UnplayableException {
        switch (call.name()) {
            case "RMI_REALM_CREATE" -> {
                byte[] params = bytes(call.arguments().get(1));
                int startLevel = params[0x810];
                var measurement = NaiveMeasurement.ofParameters(ALGORITHMS.get(params[0x30]), params);
                realms.put(argument(call, 0), new RecordedRealm(measurement, startLevel, new HashSet<>()));
            }
            case "RMI_RTT_CREATE" -> realm(call).tables().add(Table.at((int) argument(call, 3), argument(call, 2)));
            case "RMI_RTT_DESTROY", "RMI_RTT_FOLD" ->
                realm(call).tables().remove(Table.at((int) argument(call, 2), argument(call, 1)));
            case "RMI_DATA_CREATE", "RMI_RTT_DATA_MAP_INIT" ->
                realm(call)
                        .measurement()
                        .andImage(argument(call, 2), bytes(call.arguments().get(3)), (argument(call, 4) & 1) == 1);
            case "RMI_REC_CREATE" ->
                realm(call).measurement().andRec(bytes(call.arguments().get(2)));
            case "RMI_RTT_INIT_RIPAS" -> {
                if (rmm1_0) {
                    long base = argument(call, 1);
                    long top = notation.value(call.results().get(1));
                    realm(call).measurement().andDeclared(base, top, realm(call).entrySizeAt(base));
                }
            }
            case "RMI_OP_CONTINUE" -> {
                TraceNumber handle = call.arguments().getFirst();
                byte[] params = recParams.remove(handle);
                if (params != null) {
                    realm(requireNonNull(recRealms.get(handle))).measurement().andRec(params);
                }
            }
            default -> {}
        }
    }

    private RecordedRealm realm(TraceLine.Call call) throws UnplayableException {
        return realm(call.arguments().getFirst());
    }

    private RecordedRealm realm(TraceNumber rd) throws UnplayableException {
        return requireNonNull(realms.get(notation.value(rd)));
    }

    private long argument(TraceLine.Call call, int index) throws UnplayableException {
        return notation.value(call.arguments().get(index));
    }
}
