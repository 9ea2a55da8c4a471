package io.realmwright.deployerpolicy.policy.json;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.AttestationDuty;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** That a realm has to be attested: {@code {"within": "PT5M", "otherwise": "STOP"}}. */
public record AttestationDutyDocument(
        @Nullable String within, @Nullable String otherwise) {
    public static AttestationDutyDocument of(AttestationDuty duty) {
        return new AttestationDutyDocument(
                duty.within().toString(), duty.otherwise().name());
    }

    public AttestationDuty read(Fields fields, String path) {
        return new AttestationDuty(
                within(fields, path + ".within"),
                fields.constant(path + ".otherwise", otherwise, AttestationDuty.Consequence.class));
    }

    private Duration within(Fields fields, String path) {
        try {
            Duration parsed = Duration.parse(fields.required(path, within, "PT1M"));
            if (parsed.compareTo(AttestationDuty.WITHIN_MIN) >= 0
                    && parsed.compareTo(AttestationDuty.WITHIN_MAX) <= 0) {
                return parsed;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        fields.reject(path, "is an ISO 8601 duration from PT1S to P7D");
        return AttestationDuty.WITHIN_MIN;
    }
}
