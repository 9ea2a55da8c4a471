package io.realmwright.deployerpolicy.attestation.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.realmwright.deployerpolicy.attestation.Appraisal;
import io.realmwright.deployerpolicy.attestation.ClaimReason;
import io.realmwright.deployerpolicy.attestation.ClaimResult;
import io.realmwright.deployerpolicy.attestation.ClaimStatus;
import io.realmwright.deployerpolicy.attestation.RipasEvidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An appraisal in the manner of an EAR: a status for the whole, for each part, and for each claim of it. */
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public record AppraisalDocument(
        String status, Submods submods, @Nullable Ripas ripas) {
    public static AppraisalDocument of(Appraisal appraisal) {
        return new AppraisalDocument(
                text(appraisal.status()),
                new Submods(
                        new Submod(
                                text(appraisal.platformStatus()),
                                appraisal.platform().stream().map(Claim::of).toList()),
                        new Submod(
                                text(appraisal.realmStatus()),
                                appraisal.realm().stream().map(Claim::of).toList())),
                appraisal.ripas().map(Ripas::of).orElse(null));
    }

    public Appraisal readStored() {
        return new Appraisal(
                submods.platform().claims().stream().map(Claim::readStored).toList(),
                submods.realm().claims().stream().map(Claim::readStored).toList(),
                Optional.ofNullable(ripas).map(Ripas::readStored));
    }

    /** EAR writes its tiers in lower case. */
    private static String text(ClaimStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static ClaimStatus status(String text) {
        return ClaimStatus.valueOf(text.toUpperCase(Locale.ROOT));
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    public record Submods(Submod platform, Submod realm) {}

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    public record Submod(String status, List<Claim> claims) {}

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    public record Claim(
            String claim,
            String status,
            ClaimReason reason,
            @Nullable String expected,
            @Nullable String actual,
            String message) {
        static Claim of(ClaimResult result) {
            return new Claim(
                    result.claim(),
                    text(result.status()),
                    result.reason(),
                    result.expected(),
                    result.actual(),
                    result.message());
        }

        ClaimResult readStored() {
            return new ClaimResult(claim, AppraisalDocument.status(status), reason, expected, actual, message);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    public record Ripas(boolean measured, String statement, List<Item> instead) {
        static Ripas of(RipasEvidence evidence) {
            return new Ripas(
                    evidence.measured(),
                    evidence.statement(),
                    evidence.instead().stream()
                            .map(item -> new Item(item.kind(), text(item.status()), item.message()))
                            .toList());
        }

        RipasEvidence readStored() {
            return new RipasEvidence(
                    measured,
                    statement,
                    instead.stream()
                            .map(item -> new RipasEvidence.Item(
                                    item.kind(), AppraisalDocument.status(item.status()), item.message()))
                            .toList());
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    public record Item(RipasEvidence.Kind kind, String status, String message) {}
}
