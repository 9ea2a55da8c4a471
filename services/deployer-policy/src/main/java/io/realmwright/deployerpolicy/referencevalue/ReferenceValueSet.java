package io.realmwright.deployerpolicy.referencevalue;

import io.realmwright.machine.spec.HashAlgorithm;
import java.time.Instant;
import java.util.List;

/**
 * The measurements that a realm may have under one revision of a policy.
 *
 * @param digest of the revision
 * @param measurements those of every host that the realm may go to, each once
 * @param notAfter whoever uses them later asks again first
 */
public record ReferenceValueSet(
        String policy,
        int revision,
        String digest,
        String realm,
        List<Measurements> measurements,
        Instant notBefore,
        Instant notAfter) {
    public ReferenceValueSet {
        measurements = List.copyOf(measurements);
    }

    /**
     * Measurements in lower-case hexadecimal digits.
     *
     * @param rems REM 1 to 4 when the guest first attests
     */
    public record Measurements(HashAlgorithm algorithm, String rim, List<String> rems) {
        public Measurements {
            rems = List.copyOf(rems);
        }
    }
}
