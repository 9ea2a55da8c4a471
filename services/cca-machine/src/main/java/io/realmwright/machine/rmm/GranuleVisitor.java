package io.realmwright.machine.rmm;

/** Sees granules. */
@FunctionalInterface
public interface GranuleVisitor {
    /** @param index number of the granule, from the base of DRAM */
    void visit(long index, GranuleState state, int refcount);
}
