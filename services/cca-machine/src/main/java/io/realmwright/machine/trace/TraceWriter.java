package io.realmwright.machine.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens on a machine as the lines of a trace that {@link Replay} reads. Addresses are written as plain
 * numbers, so {@link #info} names the DRAM base; handles of stateful operations are written {@code h0}, {@code h1}, …
 * because their values are opaque. One thread at a time may use it.
 */
public final class TraceWriter {
    private static final int RESULTS = 5;
    private static final int STATUS_MASK = 0xFF;
    private static final int RMI_INCOMPLETE = 13;
    private static final String OPERATION_PREFIX = "RMI_OP_";

    private final TraceSink sink;
    private final JsonWriter json = new JsonWriter();
    /** By value: the number of the operation that got the handle last. */
    private final Map<Long, Integer> handles = new HashMap<>();

    private int handleCount;

    /** An SMC of the guest. */
    public static final class GuestCall {
        private final long[] registers;
        private final long[] results;

        /**
         * @param registers those that the guest set, from X0
         * @param results X0…X8 after the call
         */
        public GuestCall(long[] registers, long[] results) {
            if (registers.length == 0 || results.length != TraceLineParser.GUEST_RESULTS) {
                throw new IllegalArgumentException("a call has the registers from X0, and X0…X8 after it");
            }
            this.registers = registers.clone();
            this.results = results.clone();
        }
    }

    /** A granule by its index in the DRAM, with the name of its state. */
    public record Granule(long index, String state, int refcount) {}

    /** RTT entries in a row, as {@code rtt} lists them. */
    public record Run(int level, long base, long top, int state, long descriptor, int ripas) {}

    public TraceWriter(TraceSink sink) {
        this.sink = sink;
    }

    /**
     * The machine; the first line of a trace.
     *
     * @param rmi the revision of its RMI, {@code 1.0} or {@code 2.0}
     */
    public void info(
            String rmi,
            String rmm,
            long dramBase,
            long dramGranules,
            long deviceBase,
            long deviceGranules,
            long[] features) {
        json.beginObject().name("info").beginObject();
        json.name("rmi").string(rmi);
        json.name("dram_granules").number(dramGranules);
        json.name("dev_granules").number(deviceGranules);
        json.name("base").hex(dramBase);
        json.name("dev_base").hex(deviceBase);
        json.name("rmm").string(rmm);
        numbers("features", features);
        json.endObject();
        end();
    }

    public void note(String text) {
        json.beginObject().name("note").string(text);
        end();
    }

    /**
     * An RMI call.
     *
     * @param arguments X1 and up, at most six
     * @param x the registers after the call, X0…X4 at least
     */
    public void call(String name, long[] arguments, long[] x) {
        beginCall(name, arguments, x);
        end();
    }

    /**
     * An RMI_REC_ENTER.
     *
     * @param guest the calls of the guest that finished in this entry
     * @param exitHalf the words of the exit half of the run page, null if the entry was refused
     */
    public void enter(long[] arguments, long[] x, List<GuestCall> guest, long @Nullable [] exitHalf) {
        beginCall("RMI_REC_ENTER", arguments, x);
        if (!guest.isEmpty()) {
            json.name("guest").beginArray();
            for (GuestCall call : guest) {
                json.beginObject();
                numbers("smc", call.registers);
                numbers("ret", call.results);
                json.endObject();
            }
            json.endArray();
        }
        if (exitHalf != null) {
            json.name("exit").beginObject();
            for (int i = 0; i < exitHalf.length; i++) {
                if (exitHalf[i] != 0) {
                    json.hexName((long) i * Long.BYTES).hex(exitHalf[i]);
                }
            }
            json.endObject();
        }
        end();
    }

    private void beginCall(String name, long[] arguments, long[] x) {
        json.beginObject().name("call").string(name).name("args").beginArray();
        boolean operation = name.startsWith(OPERATION_PREFIX);
        for (int i = 0; i < arguments.length; i++) {
            Integer handle = operation && i == 0 ? handles.get(arguments[0]) : null;
            number(arguments[i], handle);
        }
        json.endArray().name("x").beginArray();
        boolean handedOut = !operation && (x[0] & STATUS_MASK) == RMI_INCOMPLETE;
        if (handedOut) {
            handles.put(x[1], handleCount);
            handleCount++;
        }
        for (int n = 0; n < RESULTS; n++) {
            number(x[n], handedOut && n == 1 ? handles.get(x[1]) : null);
        }
        json.endArray();
    }

    private void number(long value, @Nullable Integer handle) {
        if (handle == null) {
            json.hex(value);
        } else {
            json.string("h" + handle);
        }
    }

    /** The guest calls the RMM; {@code name} without {@code RSI_}, arguments from X1. */
    public void queueRsi(String name, long... arguments) {
        json.beginObject().name("guest_queue").beginArray().string("rsi").string(name);
        items(arguments);
        json.endArray();
        end();
    }

    /** The guest makes an SMC with these registers from X0. */
    public void queueSmc(long... registers) {
        json.beginObject().name("guest_queue").beginArray().string("smc");
        items(registers);
        json.endArray();
        end();
    }

    /** The guest takes a synchronous exception. */
    public void queueSync(long esr, long far, long hpfar) {
        json.beginObject().name("guest_queue").beginArray().string("sync");
        json.hex(esr).hex(far).hex(hpfar).endArray();
        end();
    }

    public void queueIrq() {
        json.beginObject().name("guest_queue").beginArray().string("irq").endArray();
        end();
    }

    public void queueFiq() {
        json.beginObject().name("guest_queue").beginArray().string("fiq").endArray();
        end();
    }

    /** The guest sets one of X0…X30. */
    public void queueRegister(int register, long value) {
        json.beginObject().name("guest_queue").beginArray().string("setreg");
        json.number(register).hex(value).endArray();
        end();
    }

    /** The host fills an NS page with zeros. */
    public void zero(long pa) {
        json.beginObject().name("zero").hex(pa);
        end();
    }

    /** The host writes word i of an NS page as seed + i · 0x9E3779B97F4A7C15. */
    public void fill(long pa, long seed) {
        json.beginObject().name("fill").hex(pa).name("seed").hex(seed);
        end();
    }

    /** The host writes 64-bit words into an NS page. */
    public void writeWords(long page, int offset, long... words) {
        json.beginObject().name("write").hex(page).name("off").hex(offset);
        numbers("q", words);
        end();
    }

    /** The host writes bytes into an NS page. */
    public void writeBytes(long page, int offset, byte[] from, int start, int length) {
        json.beginObject().name("write").hex(page).name("off").hex(offset);
        json.name("hex").bytes(from, start, length);
        end();
    }

    /** The words of an NS page now. */
    public void readWords(long page, int offset, long... words) {
        json.beginObject().name("readq").hex(page).name("off").hex(offset);
        numbers("data", words);
        end();
    }

    /**
     * A measurement of a realm now.
     *
     * @param slot 0 is the RIM, 1…4 the REMs
     * @param algorithm as the RMI numbers them: 0 SHA-256, 1 SHA-512, 2 SHA-384
     */
    public void measurement(long rd, int slot, int algorithm, byte[] value) {
        json.beginObject()
                .name("rim")
                .hex(rd)
                .name("slot")
                .number(slot)
                .name("algo")
                .number(algorithm);
        json.name("value").bytes(value, 0, value.length);
        end();
    }

    /** The state of a realm now: NEW, ACTIVE, SYSTEM_OFF or ZOMBIE. */
    public void realm(long rd, String state, int recCount) {
        json.beginObject()
                .name("rd")
                .hex(rd)
                .name("state")
                .string(state)
                .name("rec_count")
                .number(recCount);
        end();
    }

    /** One granule now. */
    public void granule(long pa, String state, int refcount) {
        json.beginObject()
                .name("gstate")
                .hex(pa)
                .name("state")
                .string(state)
                .name("refcount")
                .number(refcount);
        end();
    }

    /** Every granule now that is not NS. */
    public void granules(Iterable<Granule> granules) {
        json.beginObject().name("gstates").beginArray();
        for (Granule granule : granules) {
            json.beginArray()
                    .number(granule.index)
                    .string(granule.state)
                    .number(granule.refcount)
                    .endArray();
        }
        json.endArray();
        end();
    }

    /** The whole table tree of a realm now. */
    public void tables(long rd, int startLevel, Iterable<Run> runs) {
        json.beginObject().name("rtt").hex(rd).name("start_level").number(startLevel);
        json.name("runs").beginArray();
        for (Run run : runs) {
            json.beginArray().number(run.level).hex(run.base).hex(run.top);
            json.number(run.state).hex(run.descriptor).number(run.ripas).endArray();
        }
        json.endArray();
        end();
    }

    /** What stands in guest memory now. */
    public void guestRead(long rd, long ipa, byte[] bytes) {
        json.beginObject().name("gread").hex(rd).name("ipa").hex(ipa);
        json.name("hex").bytes(bytes, 0, bytes.length);
        end();
    }

    /** The guest's memory changes without a call. */
    public void guestWrite(long rd, long ipa, byte[] bytes) {
        json.beginObject().name("gwrite").hex(rd).name("ipa").hex(ipa);
        json.name("hex").bytes(bytes, 0, bytes.length);
        end();
    }

    private void numbers(String name, long[] values) {
        json.name(name).beginArray();
        items(values);
        json.endArray();
    }

    private void items(long[] values) {
        for (long value : values) {
            json.hex(value);
        }
    }

    private void end() {
        sink.line(json.endObject().take());
    }
}
