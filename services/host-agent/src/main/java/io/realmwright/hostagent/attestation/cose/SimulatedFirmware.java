package io.realmwright.hostagent.attestation.cose;

import io.realmwright.hostagent.attestation.AttestationKeys;
import io.realmwright.hostagent.attestation.Platform;
import io.realmwright.hostagent.attestation.Platforms;
import io.realmwright.hostagent.machine.Firmware;
import io.realmwright.hostagent.machine.MachineConfig;
import io.realmwright.machine.attestation.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The firmware of all machines of this agent. Its tokens are made for real and say that they are simulated in three places
 * that verifiers show: the implementation id, the configuration and the names of the software components.
 */
public final class SimulatedFirmware implements Firmware, Platforms {
    private static final int IMPLEMENTATION_ID_BYTES = 32;
    private static final byte[] IMPLEMENTATION_ID =
            Arrays.copyOf(ascii("SIMULATED by realmwright"), IMPLEMENTATION_ID_BYTES);
    private static final byte[] CONFIGURATION = ascii("SIMULATED");
    private static final byte[] SIGNER_ID = CoseKeys.sha256(ascii("realmwright, no signer"));
    /** Secured, as the reference's sample platform says. */
    private static final int LIFECYCLE = 0x3003;

    private static final byte HASHED_KEY_UEID = 1;

    private final AttestationKeys keys;

    public SimulatedFirmware(AttestationKeys keys) {
        this.keys = keys;
    }

    @Override
    public TokenSigner boot(MachineConfig machine, UUID bootId) {
        KeyPair platformKey = keys.platformKey(machine.name());
        return new BootFirmware(
                platform(machine, (ECPublicKey) platformKey.getPublic()),
                platformKey.getPrivate(),
                keys.realmKey(machine.name(), bootId));
    }

    @Override
    public Platform of(MachineConfig machine) {
        return platform(machine, (ECPublicKey) keys.platformKey(machine.name()).getPublic());
    }

    private static Platform platform(MachineConfig machine, ECPublicKey key) {
        String rmm = "RMM " + machine.host().profile().rmmVersion();
        return new Platform(
                machine.name(),
                IMPLEMENTATION_ID,
                instanceId(key),
                CONFIGURATION,
                LIFECYCLE,
                List.of(component("SIMULATED firmware", "firmware"), component("SIMULATED RMM", rmm)),
                key);
    }

    /** Who a platform is follows from its key, as Arm's own platforms do it. */
    private static byte[] instanceId(ECPublicKey key) {
        byte[] hash = CoseKeys.sha256(CoseKeys.encode(key));
        byte[] instanceId = new byte[1 + hash.length];
        instanceId[0] = HASHED_KEY_UEID;
        System.arraycopy(hash, 0, instanceId, 1, hash.length);
        return instanceId;
    }

    /** There is no image to measure: the measurement is that of a name. */
    private static Platform.SoftwareComponent component(String name, String measured) {
        return new Platform.SoftwareComponent(name, SIGNER_ID, CoseKeys.sha256(ascii("realmwright " + measured)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
