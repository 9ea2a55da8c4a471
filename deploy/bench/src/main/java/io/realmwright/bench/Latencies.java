package io.realmwright.bench;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Times that something took. */
final class Latencies {
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private long[] sorted = {};

    void add(long took) {
        nanos.add(took);
    }

    int count() {
        return nanos.size();
    }

    /** In how many milliseconds the fastest so many percent were done; 0 if there were none. */
    double millis(double percent) {
        if (sorted.length != nanos.size()) {
            sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        }
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e6;
    }

    String summary() {
        return "%.1f / %.1f / %.1f ms".formatted(millis(50), millis(95), millis(99));
    }
}
