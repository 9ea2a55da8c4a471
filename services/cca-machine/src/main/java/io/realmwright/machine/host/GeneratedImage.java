package io.realmwright.machine.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Contents that a rule makes: 64-bit little-endian word i is seed + i · 0x9E3779B97F4A7C15, as in traces. */
public final class GeneratedImage {
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private GeneratedImage() {}

    /**
     * Makes the contents.
     *
     * @param sizeBytes a multiple of 8
     */
    public static byte[] of(long seed, int sizeBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
        long word = seed;
        while (bytes.hasRemaining()) {
            bytes.putLong(word);
            word += STRIDE;
        }
        return bytes.array();
    }

    static boolean isGenerated(byte[] contents) {
        ByteBuffer bytes = ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN);
        long expected = bytes.getLong(0);
        while (bytes.hasRemaining()) {
            if (bytes.getLong() != expected) {
                return false;
            }
            expected += STRIDE;
        }
        return true;
    }

    static long seedOf(byte[] contents) {
        return ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }
}
