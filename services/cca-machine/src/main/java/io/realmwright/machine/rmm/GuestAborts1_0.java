package io.realmwright.machine.rmm;

/** Synchronous exceptions from a guest of RMM 1.0. */
final class GuestAborts1_0 extends GuestAborts {
    GuestAborts1_0(RmmState rmm, RunPage exit) {
        super(rmm, exit);
    }

    /** Shows an access that the host cannot emulate as if it could; the syndrome says that it is none. */
    @Override
    boolean serveUnprotectedAbort(Rec rec, long esr) {
        return exitForEmulation(rec, esr);
    }
}
