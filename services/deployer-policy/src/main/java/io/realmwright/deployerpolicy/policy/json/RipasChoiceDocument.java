package io.realmwright.deployerpolicy.policy.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.machine.spec.RealmSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who declares the initial memory, as a policy writes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "HOST_ALL_MEMSLOTS", value = RipasChoiceDocument.HostAllMemslots.class),
    @JsonSubTypes.Type(name = "DEPLOYER_RANGES", value = RipasChoiceDocument.DeployerRanges.class),
    @JsonSubTypes.Type(name = "GUEST_DECLARES", value = RipasChoiceDocument.GuestDeclares.class)
})
public sealed interface RipasChoiceDocument {
    RipasChoice read(Fields fields, String path);

    static RipasChoiceDocument of(RipasChoice mode) {
        return switch (mode) {
            case RipasChoice.HostAllMemslots() -> new HostAllMemslots();
            case RipasChoice.DeployerRanges(var ranges) ->
                new DeployerRanges(
                        ranges.stream().map(RangeExpressionDocument::of).toList());
            case RipasChoice.GuestDeclares() -> new GuestDeclares();
        };
    }

    record HostAllMemslots() implements RipasChoiceDocument {
        @Override
        public RipasChoice read(Fields fields, String path) {
            return new RipasChoice.HostAllMemslots();
        }
    }

    record DeployerRanges(@Nullable List<@Nullable RangeExpressionDocument> ranges) implements RipasChoiceDocument {
        @Override
        public RipasChoice read(Fields fields, String path) {
            return new RipasChoice.DeployerRanges(fields.nonEmptyList(
                    path + ".ranges", ranges, RealmSpec.MAX_RANGES, (range, at) -> range.read(fields, at)));
        }
    }

    record GuestDeclares() implements RipasChoiceDocument {
        @Override
        public RipasChoice read(Fields fields, String path) {
            return new RipasChoice.GuestDeclares();
        }
    }
}
