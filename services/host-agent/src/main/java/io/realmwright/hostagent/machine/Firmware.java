package io.realmwright.hostagent.machine;

import io.realmwright.machine.attestation.TokenSigner;
import java.util.UUID;

/** Starts what lies below the RMM of a machine, at every boot anew. */
@FunctionalInterface
public interface Firmware {
    /** The part of it that attests, with the keys of this boot. */
    TokenSigner boot(MachineConfig machine, UUID bootId);
}
