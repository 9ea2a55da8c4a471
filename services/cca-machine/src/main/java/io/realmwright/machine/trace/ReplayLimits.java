package io.realmwright.machine.trace;

/**
 * What one replay may cost. A line makes the machine keep at most 4 KiB beside the line itself, so the number of
 * lines bounds the memory.
 *
 * @param lines at most, from 1
 * @param bytes of text at most, after decompression, from 1; while a line is read it may take 40 times its bytes
 * @param steps of work at most, from 1: a call, an RTT entry read for a dump, and a granule listed are one each
 */
public record ReplayLimits(long lines, long bytes, long steps) {
    /** For a person's own files. */
    public static final ReplayLimits NONE = new ReplayLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    public ReplayLimits {
        if (lines < 1 || bytes < 1 || steps < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
