package io.realmwright.machine.rmm;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contexts of stateful operations under way (reference section 4.24). A handle is a position in the pool. */
final class SroPool {
    private final @Nullable Sro[] contexts;

    SroPool(int size) {
        this.contexts = new Sro[size];
    }

    boolean hasFree() {
        for (Sro context : contexts) {
            if (context == null) {
                return true;
            }
        }
        return false;
    }

    /** Takes a context, of which there must be one, and returns its handle. */
    int begin(Sro operation) {
        for (int handle = 0; handle < contexts.length; handle++) {
            if (contexts[handle] == null) {
                contexts[handle] = operation;
                return handle;
            }
        }
        throw new BrokenInvariant("an operation began without a free context");
    }

    @Nullable
    Sro find(long handle) {
        return handle >= 0 && handle < contexts.length ? contexts[(int) handle] : null;
    }

    /** The operations under way. */
    List<Sro> underWay() {
        return Arrays.stream(contexts).filter(Objects::nonNull).toList();
    }

    void end(long handle) {
        contexts[(int) handle] = null;
    }
}
