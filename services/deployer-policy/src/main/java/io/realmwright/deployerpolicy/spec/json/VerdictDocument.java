package io.realmwright.deployerpolicy.spec.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host answers to the running guest's requests for RAM, decided for one realm. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "ACCEPT", value = VerdictDocument.Accept.class),
    @JsonSubTypes.Type(name = "WITHHOLD", value = VerdictDocument.Withhold.class),
    @JsonSubTypes.Type(name = "REJECT", value = VerdictDocument.Reject.class),
    @JsonSubTypes.Type(name = "ACCEPT_RANGES", value = VerdictDocument.AcceptRanges.class)
})
sealed interface VerdictDocument {
    RunTimeVerdict read(Fields fields, String path);

    static VerdictDocument of(RunTimeVerdict verdict) {
        return switch (verdict) {
            case RunTimeVerdict.Accept() -> new Accept();
            case RunTimeVerdict.Withhold() -> new Withhold();
            case RunTimeVerdict.Reject() -> new Reject();
            case RunTimeVerdict.AcceptRanges(var ranges) ->
                new AcceptRanges(ranges.stream().map(RangeDocument::of).toList());
        };
    }

    record Accept() implements VerdictDocument {
        @Override
        public RunTimeVerdict read(Fields fields, String path) {
            return new RunTimeVerdict.Accept();
        }
    }

    record Withhold() implements VerdictDocument {
        @Override
        public RunTimeVerdict read(Fields fields, String path) {
            return new RunTimeVerdict.Withhold();
        }
    }

    record Reject() implements VerdictDocument {
        @Override
        public RunTimeVerdict read(Fields fields, String path) {
            return new RunTimeVerdict.Reject();
        }
    }

    record AcceptRanges(@Nullable List<@Nullable RangeDocument> ranges) implements VerdictDocument {
        @Override
        public RunTimeVerdict read(Fields fields, String path) {
            return new RunTimeVerdict.AcceptRanges(
                    fields.list(path + ".ranges", ranges, RealmSpec.MAX_RANGES, (range, at) -> range.read(fields, at)));
        }
    }
}
