package io.realmwright.deployerpolicy.policy.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run-time verdict, as a policy writes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "ACCEPT", value = VerdictChoiceDocument.Accept.class),
    @JsonSubTypes.Type(name = "WITHHOLD", value = VerdictChoiceDocument.Withhold.class),
    @JsonSubTypes.Type(name = "REJECT", value = VerdictChoiceDocument.Reject.class),
    @JsonSubTypes.Type(name = "ACCEPT_RANGES", value = VerdictChoiceDocument.AcceptRanges.class)
})
public sealed interface VerdictChoiceDocument {
    VerdictChoice read(Fields fields, String path);

    static VerdictChoiceDocument of(VerdictChoice verdict) {
        return switch (verdict) {
            case VerdictChoice.Accept() -> new Accept();
            case VerdictChoice.Withhold() -> new Withhold();
            case VerdictChoice.Reject() -> new Reject();
            case VerdictChoice.AcceptRanges(var ranges) ->
                new AcceptRanges(
                        ranges.stream().map(RangeExpressionDocument::of).toList());
        };
    }

    record Accept() implements VerdictChoiceDocument {
        @Override
        public VerdictChoice read(Fields fields, String path) {
            return new VerdictChoice.Accept();
        }
    }

    record Withhold() implements VerdictChoiceDocument {
        @Override
        public VerdictChoice read(Fields fields, String path) {
            return new VerdictChoice.Withhold();
        }
    }

    record Reject() implements VerdictChoiceDocument {
        @Override
        public VerdictChoice read(Fields fields, String path) {
            return new VerdictChoice.Reject();
        }
    }

    record AcceptRanges(@Nullable List<@Nullable RangeExpressionDocument> ranges) implements VerdictChoiceDocument {
        @Override
        public VerdictChoice read(Fields fields, String path) {
            return new VerdictChoice.AcceptRanges(fields.nonEmptyList(
                    path + ".ranges", ranges, RealmSpec.MAX_RANGES, (range, at) -> range.read(fields, at)));
        }
    }
}
