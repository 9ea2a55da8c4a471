package io.realmwright.machine.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code info}, the machine of a trace. */
final class InfoParser {
    private static final int FEATURE_REGISTERS_MAX = 256;

    private InfoParser() {}

    static TraceLine parse(Fields line) throws TraceFormatException {
        Fields info = line.object("info");
        String rmi = info.has("rmi") ? info.text("rmi") : "2.0";
        long dramGranules = info.integer("dram_granules");
        long deviceGranules = info.integer("dev_granules");
        long dramBase = info.plain("base");
        long deviceBase = info.plain("dev_base");
        if (info.has("rmm")) {
            info.text("rmm");
        }
        List<Long> features = info.has("features") ? features(info) : null;
        switch (rmi) {
            case "1.0" -> describeOldMachine(info);
            case "2.0" -> {}
            default -> throw new TraceFormatException("RMI \"" + rmi + "\" is unknown; \"1.0\" or \"2.0\" expected");
        }
        info.end();
        return new TraceLine.MachineInfo(rmi, dramGranules, deviceGranules, dramBase, deviceBase, features);
    }

    private static @Nullable List<Long> features(Fields info) throws TraceFormatException {
        List<Long> features = new ArrayList<>();
        for (TraceNumber number : info.numbers("features", FEATURE_REGISTERS_MAX)) {
            if (!(number instanceof TraceNumber.Plain(long value))) {
                throw new TraceFormatException("\"features\" holds plain numbers, not " + number);
            }
            features.add(value);
        }
        return features;
    }

    /** What recordings of RMI 1.0 say about their machine beside the rest. */
    private static void describeOldMachine(Fields info) throws TraceFormatException {
        if (info.has("version")) {
            Fields version = info.object("version");
            version.number("req");
            version.numbers("x", TraceLineParser.RESULTS_MAX);
            version.end();
        }
        for (String key : List.of("rec_aux_count", "pa_bits", "vmid_bits")) {
            if (info.has(key)) {
                info.integer(key);
            }
        }
    }
}
