package io.realmwright.machine.host;

import java.util.UUID;

/**
 * A host machine.
 *
 * @param dramBytes size of its DRAM, a multiple of 1 GiB, 1 GiB to 1 TiB; contents cost memory only where written
 * @param seed everything random in the machine is drawn from it
 */
public record HostConfig(HostProfile profile, long dramBytes, long seed) {
    public static final long GIB = 1L << 30;
    public static final long DRAM_MAX_BYTES = 1L << 40;

    public HostConfig {
        if (dramBytes < GIB || dramBytes > DRAM_MAX_BYTES || dramBytes % GIB != 0) {
            throw new IllegalArgumentException("DRAM is 1 GiB to 1 TiB in steps of 1 GiB, not " + dramBytes + " bytes");
        }
    }

    /** The same machine in one of its boots: what is random differs from boot to boot, and repeats with the boot's id. */
    public HostConfig forBoot(UUID bootId) {
        long ofBoot = bootId.getMostSignificantBits() ^ bootId.getLeastSignificantBits();
        return new HostConfig(profile, dramBytes, seed ^ ofBoot);
    }
}
