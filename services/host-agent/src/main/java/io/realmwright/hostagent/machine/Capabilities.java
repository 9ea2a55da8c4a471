package io.realmwright.hostagent.machine;

import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a host profile can carry out, found out by asking it about plans that differ in one point from the simplest.
 *
 * @param ripasModes kinds of RIPAS modes
 * @param verdicts kinds of run-time verdicts
 * @param rpv whether a realm's token can name its grant
 */
public record Capabilities(
        List<String> ripasModes, List<String> verdicts, List<HashAlgorithm> hashAlgorithms, boolean rpv) {
    private static final RipasMode SIMPLEST_MODE = new RipasMode.HostAllMemslots();
    private static final RunTimeVerdict SIMPLEST_VERDICT = new RunTimeVerdict.Accept();

    public static Capabilities of(HostProfile profile) {
        return new Capabilities(
                Stream.of(SIMPLEST_MODE, new RipasMode.DeployerRanges(List.of()), new RipasMode.GuestDeclares())
                        .filter(mode -> can(profile, LaunchPlan.of(mode, SIMPLEST_VERDICT), HashAlgorithm.SHA_256))
                        .map(RipasMode::kind)
                        .toList(),
                Stream.of(
                                SIMPLEST_VERDICT,
                                new RunTimeVerdict.Withhold(),
                                new RunTimeVerdict.Reject(),
                                new RunTimeVerdict.AcceptRanges(List.of()))
                        .filter(verdict -> can(profile, LaunchPlan.of(SIMPLEST_MODE, verdict), HashAlgorithm.SHA_256))
                        .map(RunTimeVerdict::kind)
                        .toList(),
                Arrays.stream(HashAlgorithm.values())
                        .filter(hash -> can(profile, LaunchPlan.of(SIMPLEST_MODE, SIMPLEST_VERDICT), hash))
                        .toList(),
                can(profile, withRpv(), HashAlgorithm.SHA_256));
    }

    private static boolean can(HostProfile profile, LaunchPlan plan, HashAlgorithm hash) {
        return profile.unavailable(plan, hash).isEmpty();
    }

    private static LaunchPlan withRpv() {
        var rpv = new PersonalizationValue("01".repeat(PersonalizationValue.SIZE_BYTES));
        return new LaunchPlan(SIMPLEST_MODE, SIMPLEST_VERDICT, MeasuredContents.AS_SPECIFIED, rpv);
    }
}
