package io.realmwright.hostagent.machine;

import io.realmwright.machine.trace.TraceSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Takes the trace of one realm as it comes: counts its RMI calls, compresses its lines, and cuts it at a limit. */
public final class TraceRecorder implements TraceSink {
    private static final String CALL = "{\"call\":\"";

    /** A trace begins with the boot of its machine so that it replays on a fresh one; no realm makes this call. */
    private static final String BOOT = "RMI_RMM_ACTIVATE";

    private static final String RESULTS = "\"x\":[\"0x";
    private static final int HEX = 16;

    private final long limitBytes;
    private final @Nullable RmiCounts counts;
    private final SortedMap<String, Long> rmiCalls = new TreeMap<>();
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream gzip;
    private long drainedLines;
    private long chunkLines;
    private long chunkBytes;
    private long recordedBytes;
    private boolean cut;

    /** @param limitBytes how much of the trace is kept, counted before compression and without the mark */
    public TraceRecorder(long limitBytes) {
        this(limitBytes, null);
    }

    /** @param counts gets every call too */
    public TraceRecorder(long limitBytes, @Nullable RmiCounts counts) {
        this.limitBytes = limitBytes;
        this.counts = counts;
    }

    @Override
    public void line(String json) {
        count(json);
        if (cut) {
            return;
        }
        byte[] line = bytes(json);
        cut = recordedBytes + line.length > limitBytes;
        append(cut ? bytes("{\"note\":\"cut here: a trace is kept up to " + limitBytes + " bytes\"}") : line);
    }

    /** RMI calls that the RMM has answered so far, by command name; those after the cut are counted too. */
    public SortedMap<String, Long> rmiCalls() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(rmiCalls));
    }

    /** The lines since the last call. */
    public TraceChunk drain() {
        try {
            if (gzip != null) {
                gzip.close();
                gzip = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        var chunk = new TraceChunk(drainedLines, chunkLines, chunkBytes, compressed.toByteArray());
        compressed.reset();
        drainedLines += chunkLines;
        chunkLines = 0;
        chunkBytes = 0;
        return chunk;
    }

    private void count(String json) {
        if (json.startsWith(CALL)) {
            var command = json.substring(CALL.length(), json.indexOf('"', CALL.length()));
            if (!command.equals(BOOT)) {
                rmiCalls.merge(command, 1L, Long::sum);
                countStatus(command, json);
            }
        }
    }

    private void countStatus(String command, String json) {
        int x0 = json.indexOf(RESULTS) + RESULTS.length();
        if (counts != null && x0 >= RESULTS.length()) {
            counts.count(command, Long.parseUnsignedLong(json, x0, json.indexOf('"', x0), HEX));
        }
    }

    private void append(byte[] line) {
        try {
            if (gzip == null) {
                gzip = new GZIPOutputStream(compressed);
            }
            gzip.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        recordedBytes += line.length;
        chunkBytes += line.length;
        chunkLines++;
    }

    private static byte[] bytes(String json) {
        return (json + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
