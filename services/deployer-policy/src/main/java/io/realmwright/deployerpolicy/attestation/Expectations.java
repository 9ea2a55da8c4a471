package io.realmwright.deployerpolicy.attestation;

import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.PersonalizationValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the token of a realm should say, by everything that is known beside it.
 *
 * @param challenge 128 hexadecimal digits, used for this token and no other
 * @param profile of the host that it was launched on
 * @param grantBinding the RPV by which the realm names its grant; meaningful where the profile can set one
 * @param measurements from the rehearsal of the launch; empty if there was none that ran
 * @param ripasReadings the REMs, from 1, into which the guest's program writes its own reading of the RIPAS
 */
public record Expectations(
        String challenge,
        HostProfile profile,
        HashAlgorithm hashAlgorithm,
        PersonalizationValue grantBinding,
        Optional<Measured> measurements,
        Set<Integer> ripasReadings) {
    public Expectations {
        ripasReadings = Set.copyOf(ripasReadings);
    }

    /**
     * Measurements, in lower-case hexadecimal digits.
     *
     * @param rems REM 1 to 4; empty if they were not forecast
     */
    public record Measured(String rim, List<String> rems) {
        public Measured {
            rems = List.copyOf(rems);
        }
    }
}
