package io.realmwright.machine.host;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.List;

/**
 * A realm's measurements as lower-case hexadecimal digits of the hash algorithm's length.
 *
 * @param rems REM 1 to 4, in that order
 */
public record Measurements(HashAlgorithm algorithm, String rim, List<String> rems) {
    public Measurements {
        rems = List.copyOf(rems);
    }
}
