package io.realmwright.machine.rmm;

/** The RMI commands of one revision. */
interface CommandSet {
    /**
     * One call.
     *
     * @param fid X0, whether there is such a command or not
     * @param out the registers after the call, all zero from X1 on: outputs go there
     * @return X0 after the call
     */
    long call(long fid, long a1, long a2, long a3, long a4, long a5, long[] out);

    /** VMIDs that no realm has. */
    int freeVmids();
}
