package io.realmwright.machine.host;

/**
 * What the kernels of the two RMM generations do differently: which RMI calls delegate, populate, map, unmap, create
 * vCPUs and end a realm. All else of the host is the same for both, and asks here.
 */
sealed interface KvmSeries permits RmeSeries, RmiSeries {
    /** Brings the RMM of a fresh machine up. */
    void bootRmm() throws RmiRefusedException;

    /** Moves a granule to the realm's side. */
    void delegate(long granule) throws RmiRefusedException;

    /** Takes a granule back; false if the RMM keeps it. */
    boolean undelegate(long granule);

    /** A VMID for a new realm. */
    int takeVmid() throws OutOfVmidsException;

    /** The realm with this VMID is gone. */
    void releaseVmid(int vmid);

    /** Granules that the RMM wants for each vCPU beside its REC. */
    int auxiliaryGranules(long rd) throws RmiRefusedException;

    /**
     * RMI_REC_CREATE with the parameters in a page of the host. Refused, nothing is taken that is not counted as leaked.
     *
     * @param auxiliary as {@link #auxiliaryGranules} says
     */
    HostedRec createRec(long rd, long params, int auxiliary) throws OutOfGranulesException, RmiRefusedException;

    /** RMI_REC_DESTROY; what does not come back is leaked. */
    void destroyRec(HostedRec rec) throws OutOfGranulesException, RmiRefusedException;

    /** Copies the kernel's source page into a DELEGATED granule that becomes contents of a NEW realm. Answers X0. */
    long populate(long rd, long data, long ipa, boolean measured);

    /** Maps a DELEGATED granule in the protected half. Answers X0. */
    long mapData(long rd, long ipa, long data);

    /** Maps a page of the host in the unprotected half, for reading and writing. Answers X0. */
    long mapShared(long rd, long ipa, long page);

    /** Takes back what is first mapped in a range of the protected half, and undelegates it. */
    Unmapped unmapData(long rd, long ipa, long top) throws RmiRefusedException;

    /** Unmaps what is first mapped in a range of the unprotected half; answers where to go on. */
    long unmapShared(long rd, long ipa, long top) throws RmiRefusedException;

    /** Makes ready for RMI_REALM_DESTROY a realm without vCPUs and contents. */
    void terminate(long rd);

    /**
     * How far an unmapping got.
     *
     * @param next where to go on
     * @param granules number of granules that are no contents of the realm any more
     */
    record Unmapped(long next, long granules) {}

    /**
     * A REC as the host has it.
     *
     * @param auxiliary the granules that the host has to remember for the REC; none where the RMM hands its own back
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record HostedRec(long address, long[] auxiliary) {}
}
