package io.realmwright.machine.rmm;

import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;

/** A stateful operation under way: one that exchanges a REC's auxiliary granules with the host. */
final class Sro {
    /** Auxiliary granules of a REC. */
    static final int AUXILIARY_GRANULES = 16;

    /** What happens when the host continues an operation that wants no memory any more. */
    @FunctionalInterface
    interface Completion {
        /** X0 of RMI_OP_CONTINUE. {@code RMI_INCOMPLETE} means that the operation now reclaims, and goes on. */
        long complete(Sro operation);
    }

    final long[] granules = new long[AUXILIARY_GRANULES];
    final Completion completion;

    MemoryRequest request;
    /** Granules that the RMM holds: donated and not yet reclaimed. */
    int held;
    /** Granules given back so far. */
    int reclaimed;
    /** Granules that are DELEGATED again: those given back, and those that the host could not be told of. */
    int released;
    /** X0 of the operation once everything has been reclaimed, after a failure. */
    long failure = RmiStatus.SUCCESS;

    Sro(MemoryRequest request, Completion completion) {
        this.request = request;
        this.completion = completion;
    }

    /** Turns the operation round: the host gets its granules back before it learns of the failure. */
    long fail(long status) {
        failure = status;
        request = MemoryRequest.RECLAIM;
        return RmiStatus.incomplete(request);
    }

    int outstanding() {
        return AUXILIARY_GRANULES - held;
    }

    /** What the host is asked to donate: granules, not contiguous, DELEGATED (reference section 4.24). */
    long donateRequest() {
        return request == MemoryRequest.DONATE ? (long) outstanding() << 2 : 0;
    }
}
