package io.realmwright.deployerpolicy.spec.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who declares a realm's initial memory, decided for one realm. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "HOST_ALL_MEMSLOTS", value = RipasModeDocument.HostAllMemslots.class),
    @JsonSubTypes.Type(name = "DEPLOYER_RANGES", value = RipasModeDocument.DeployerRanges.class),
    @JsonSubTypes.Type(name = "GUEST_DECLARES", value = RipasModeDocument.GuestDeclares.class)
})
sealed interface RipasModeDocument {
    RipasMode read(Fields fields, String path);

    static RipasModeDocument of(RipasMode mode) {
        return switch (mode) {
            case RipasMode.HostAllMemslots() -> new HostAllMemslots();
            case RipasMode.DeployerRanges(var ranges) ->
                new DeployerRanges(ranges.stream().map(RangeDocument::of).toList());
            case RipasMode.GuestDeclares() -> new GuestDeclares();
        };
    }

    record HostAllMemslots() implements RipasModeDocument {
        @Override
        public RipasMode read(Fields fields, String path) {
            return new RipasMode.HostAllMemslots();
        }
    }

    record DeployerRanges(@Nullable List<@Nullable RangeDocument> ranges) implements RipasModeDocument {
        @Override
        public RipasMode read(Fields fields, String path) {
            return new RipasMode.DeployerRanges(
                    fields.list(path + ".ranges", ranges, RealmSpec.MAX_RANGES, (range, at) -> range.read(fields, at)));
        }
    }

    record GuestDeclares() implements RipasModeDocument {
        @Override
        public RipasMode read(Fields fields, String path) {
            return new RipasMode.GuestDeclares();
        }
    }
}
