package io.realmwright.deployerpolicy.decision.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/** The types of the variables that rules see. {@code docs/policy.md} describes every field; {@link FactsInput} fills them. */
final class PolicyTypes implements CelTypeProvider {
    static final CelType LABELS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    static final StructType MEMSLOT = struct(
            "Memslot", ImmutableMap.of("base", SimpleType.INT, "size", SimpleType.INT, "guestMemfd", SimpleType.BOOL));
    static final StructType IMAGE = struct(
            "Image", ImmutableMap.of("digest", SimpleType.STRING, "ipa", SimpleType.INT, "measured", SimpleType.BOOL));

    static final StructType REALM = struct(
            "Realm",
            ImmutableMap.of(
                    "name", SimpleType.STRING,
                    "vcpus", SimpleType.INT,
                    "ipaBits", SimpleType.INT,
                    "hashAlgorithm", SimpleType.STRING,
                    "memoryBytes", SimpleType.INT,
                    "memslots", ListType.create(MEMSLOT),
                    "images", ListType.create(IMAGE)));

    static final StructType GUEST = struct(
            "Guest",
            ImmutableMap.of(
                    "kind", SimpleType.STRING,
                    "profile", SimpleType.STRING,
                    "steps", ListType.create(SimpleType.STRING)));

    static final StructType HOST = struct(
            "Host",
            ImmutableMap.of(
                    "name", SimpleType.STRING,
                    "machine", SimpleType.STRING,
                    "profile", SimpleType.STRING,
                    "rmmVersion", SimpleType.STRING,
                    "canSetRpv", SimpleType.BOOL,
                    "dramBytes", SimpleType.INT,
                    "labels", LABELS));

    private static final ImmutableList<CelType> ALL = ImmutableList.of(MEMSLOT, IMAGE, REALM, GUEST, HOST);

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ALL;
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return ALL.stream().filter(type -> type.name().equals(typeName)).findFirst();
    }
}
