package io.realmwright.machine.rmm;

/** Sees granules. */
@FunctionalInterface
public interface GranuleVisitor {
    /**
     * Called for a granule.
     *
     * @param index its number, from the base of DRAM
     */
    void visit(long index, GranuleState state, int refcount);
}
