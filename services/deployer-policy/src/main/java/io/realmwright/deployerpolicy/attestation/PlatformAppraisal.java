package io.realmwright.deployerpolicy.attestation;

import io.realmwright.deployerpolicy.attestation.Evidence.SoftwareComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a platform says of itself with what its maker says. */
final class PlatformAppraisal {
    static final String SIGNATURE = "platform.signature";
    private static final String COMPONENT = "platform.software-component.";
    private static final String PROFILE = "tag:arm.com,2023:cca_platform#1.0.0";
    private static final String HASH_ALGORITHM = "sha-256";
    private static final String UNKNOWN_PLATFORM =
            "No reference names a platform with this implementation and instance id.";

    private final Evidence.Signed<Evidence.Platform> platform;
    private final List<ClaimResult> results = new ArrayList<>();

    private PlatformAppraisal(Evidence.Signed<Evidence.Platform> platform) {
        this.platform = platform;
    }

    static List<ClaimResult> of(Evidence.Signed<Evidence.Platform> platform, Optional<PlatformReference> reference) {
        var appraisal = new PlatformAppraisal(platform);
        appraisal.compare("platform.profile", PROFILE, platform.claims().profile());
        appraisal.compare(
                "platform.hash-algorithm", HASH_ALGORITHM, platform.claims().hashAlgorithm());
        reference.ifPresentOrElse(appraisal::appraise, appraisal::appraiseUnknown);
        return List.copyOf(appraisal.results);
    }

    private void appraise(PlatformReference reference) {
        Evidence.Platform claims = platform.claims();
        results.add(ClaimResult.signature(SIGNATURE, platform.seal().isBy(reference.key()), "the platform's key"));
        compare("platform.implementation-id", reference.implementationId(), claims.implementationId());
        compare("platform.instance-id", reference.instanceId(), claims.instanceId());
        compare("platform.configuration", reference.configuration(), claims.configuration());
        compare("platform.lifecycle", hex(reference.lifecycle()), hex(claims.lifecycle()));
        appraiseComponents(reference.softwareComponents());
    }

    /** A component that nobody expected is software that nobody knows, which is worth a warning. */
    private void appraiseComponents(List<SoftwareComponent> expected) {
        Set<String> names = new TreeSet<>();
        expected.forEach(component -> names.add(component.name()));
        platform.claims().softwareComponents().forEach(component -> names.add(component.name()));
        for (String name : names) {
            String wanted = text(expected, name);
            String found = text(platform.claims().softwareComponents(), name);
            results.add(
                    wanted.isEmpty()
                            ? new ClaimResult(
                                    COMPONENT + name,
                                    ClaimStatus.WARNING,
                                    ClaimReason.MISSING_REFERENCE,
                                    null,
                                    found,
                                    "No reference names this component.")
                            : ClaimResult.compared(COMPONENT + name, wanted, found.isEmpty() ? "absent" : found));
        }
    }

    private static String text(List<SoftwareComponent> components, String name) {
        return String.join(
                ", ",
                components.stream()
                        .filter(component -> component.name().equals(name))
                        .map(component -> component.measurement() + " signed by " + component.signerId())
                        .toList());
    }

    private void appraiseUnknown() {
        Evidence.Platform claims = platform.claims();
        withoutReference(SIGNATURE, "not verified");
        withoutReference("platform.implementation-id", claims.implementationId());
        withoutReference("platform.instance-id", claims.instanceId());
        withoutReference("platform.configuration", claims.configuration());
        withoutReference("platform.lifecycle", hex(claims.lifecycle()));
        for (SoftwareComponent component : claims.softwareComponents()) {
            withoutReference(COMPONENT + component.name(), text(claims.softwareComponents(), component.name()));
        }
    }

    private void withoutReference(String claim, String actual) {
        results.add(ClaimResult.withoutReference(claim, actual, UNKNOWN_PLATFORM));
    }

    private void compare(String claim, String expected, String actual) {
        results.add(ClaimResult.compared(claim, expected, actual));
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
