package io.realmwright.bench;

import io.realmwright.processes.LocalRunException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients that do the same thing at the same time. */
final class Clients {
    private Clients() {}

    /**
     * Returns when all of them are done.
     *
     * @throws LocalRunException the first that a client ended with
     */
    static void inParallel(int count, Runnable client) {
        var failure = new AtomicReference<@Nullable LocalRunException>();
        var threads = IntStream.range(0, count)
                .mapToObj(number -> Thread.startVirtualThread(() -> {
                    try {
                        client.run();
                    } catch (LocalRunException e) {
                        failure.compareAndSet(null, e);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalRunException("interrupted", e);
            }
        }
        LocalRunException first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
