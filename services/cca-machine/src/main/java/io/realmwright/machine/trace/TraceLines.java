package io.realmwright.machine.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a trace, plain or gzip by content, in limits. */
final class TraceLines {
    /** A dump of every granule of a large machine is the longest line that makes sense. */
    static final int LINE_BYTES_MAX = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC_0 = 0x1f;
    private static final int GZIP_MAGIC_1 = 0x8b;

    private final InputStream text;
    private final ReplayLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int filled;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private long bytes;

    TraceLines(InputStream trace, ReplayLimits limits) throws IOException {
        this.text = decompressed(new BufferedInputStream(trace, BUFFER_BYTES));
        this.limits = limits;
    }

    private static InputStream decompressed(BufferedInputStream trace) throws IOException {
        trace.mark(2);
        boolean gzip = trace.read() == GZIP_MAGIC_0 && trace.read() == GZIP_MAGIC_1;
        trace.reset();
        return gzip ? new GZIPInputStream(trace, BUFFER_BYTES) : trace;
    }

    /** The number of the line that {@link #next} returned last, or failed in; from 1. */
    long number() {
        return number;
    }

    /** The next line without its line feed, null at the end. */
    @Nullable
    String next() throws IOException, TraceFormatException {
        length = 0;
        if (!fill()) {
            return null;
        }
        if (++number > limits.lines()) {
            throw new TraceFormatException("the trace has more than the " + limits.lines() + " lines allowed");
        }
        boolean ended = false;
        do {
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end);
            if (end < filled) {
                position = end + 1;
                ended = true;
            }
        } while (!ended && fill());
        return decoded();
    }

    /** Makes sure that there is a byte to take; false at the end of the text. */
    private boolean fill() throws IOException, TraceFormatException {
        if (position < filled) {
            return true;
        }
        position = 0;
        filled = Math.max(0, text.read(buffer));
        bytes += filled;
        if (bytes > limits.bytes()) {
            throw new TraceFormatException("the trace has more than the " + limits.bytes() + " bytes allowed");
        }
        return filled > 0;
    }

    private void append(int end) throws TraceFormatException {
        int count = end - position;
        if (count > LINE_BYTES_MAX - length) {
            throw new TraceFormatException("the line has more than " + LINE_BYTES_MAX + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, line.length * 2));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
        position = end;
    }

    private String decoded() throws TraceFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new TraceFormatException("the line is not UTF-8");
        }
    }
}
