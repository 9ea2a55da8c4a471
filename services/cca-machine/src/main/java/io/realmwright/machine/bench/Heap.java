package io.realmwright.machine.bench;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/** How much memory something keeps. */
final class Heap {
    /** A collector may need more than one go at what has finalisers, weak references or regions of its own. */
    private static final int COLLECTIONS = 4;

    private Heap() {}

    /** Bytes of heap that are in use because of what {@code made} made. */
    static long growth(Supplier<Object> made) {
        long before = used();
        Object kept = made.get();
        try {
            return used() - before;
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
