package io.realmwright.deployerpolicy.attestation;

import io.realmwright.machine.spec.PersonalizationValue;
import java.util.ArrayList;
import java.util.List;

/** Compares what the RMM says of a realm with what was decided, forecast and granted. */
final class RealmAppraisal {
    static final String BINDING = "realm.public-key";
    static final String SIGNATURE = "realm.signature";
    static final String CHALLENGE = "realm.challenge";
    static final String INITIAL_MEASUREMENT = "realm.initial-measurement";
    static final String PERSONALIZATION_VALUE = "realm.personalization-value";
    private static final String EXTENSIBLE_MEASUREMENT = "realm.extensible-measurement.";
    private static final String MEC_SHARED = "0";

    private final Evidence evidence;
    private final Evidence.Realm realm;
    private final Expectations expectations;
    private final List<ClaimResult> results = new ArrayList<>();

    private RealmAppraisal(Evidence evidence, Expectations expectations) {
        this.evidence = evidence;
        this.realm = evidence.realm().claims();
        this.expectations = expectations;
    }

    static List<ClaimResult> of(Evidence evidence, Expectations expectations) {
        var appraisal = new RealmAppraisal(evidence, expectations);
        appraisal.appraiseChain();
        appraisal.appraiseIdentity();
        appraisal.appraiseMeasurements();
        return List.copyOf(appraisal.results);
    }

    static String extensibleMeasurement(int rem) {
        return EXTENSIBLE_MEASUREMENT + rem;
    }

    /** The platform vouches for the key, and the key for the rest. */
    private void appraiseChain() {
        compare("realm.public-key-hash-algorithm", "sha-256", realm.publicKeyHashAlgorithm());
        compare(BINDING, evidence.platform().claims().challenge(), Digests.sha256(realm.publicKey()));
        results.add(ClaimResult.signature(
                SIGNATURE, evidence.realm().seal().isBy(realm.key()), "the public key in the same token"));
        compare(CHALLENGE, expectations.challenge(), realm.challenge());
    }

    private void appraiseIdentity() {
        var form = TokenForm.ofRmm(expectations.profile().rmmVersion());
        compare("realm.token-form", form.name(), evidence.form().name());
        compare("realm.profile", form.realmProfile(), realm.profile());
        realm.generation2().ifPresent(claims -> {
            results.add(ClaimResult.withoutReference(
                    "realm.instance-id", claims.instanceId(), "The RMM draws it; nobody can know it beforehand."));
            compare("realm.mec-policy", MEC_SHARED, Integer.toString(claims.mecPolicy()));
        });
        results.add(personalizationValue());
    }

    private ClaimResult personalizationValue() {
        String actual = realm.personalizationValue();
        if (expectations.profile().canSetRpv()) {
            return ClaimResult.compared(
                    PERSONALIZATION_VALUE, expectations.grantBinding().hex(), actual);
        }
        return actual.equals(PersonalizationValue.ZERO.hex())
                ? new ClaimResult(
                        PERSONALIZATION_VALUE,
                        ClaimStatus.NONE,
                        ClaimReason.UNAVAILABLE,
                        null,
                        actual,
                        "The host's KVM has no way to set it, so the token cannot name the grant.")
                : ClaimResult.compared(PERSONALIZATION_VALUE, PersonalizationValue.ZERO.hex(), actual);
    }

    private void appraiseMeasurements() {
        compare("realm.hash-algorithm", expectations.hashAlgorithm().registeredName(), realm.hashAlgorithm());
        var forecast = expectations.measurements();
        results.add(forecast.map(measured -> ClaimResult.compared(INITIAL_MEASUREMENT, measured.rim(), realm.rim()))
                .orElseGet(() -> notForecast(INITIAL_MEASUREMENT, realm.rim())));
        List<String> rems = forecast.map(Expectations.Measured::rems).orElse(List.of());
        for (int i = 0; i < realm.rems().size(); i++) {
            String claim = extensibleMeasurement(i + 1);
            String actual = realm.rems().get(i);
            results.add(
                    i < rems.size() ? ClaimResult.compared(claim, rems.get(i), actual) : notForecast(claim, actual));
        }
    }

    private static ClaimResult notForecast(String claim, String actual) {
        return ClaimResult.withoutReference(claim, actual, "No rehearsal of the launch forecast it.");
    }

    private void compare(String claim, String expected, String actual) {
        results.add(ClaimResult.compared(claim, expected, actual));
    }
}
