package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.decision.EditableField.Choice;
import io.realmwright.deployerpolicy.decision.EditableField.Quantity;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A realm spec with one field changed. Whether it is still valid is another question. */
final class SpecEdits {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final List<Optional<String>> BOOLEANS = List.of(Optional.of("false"), Optional.of("true"));

    private final RealmSpec spec;

    SpecEdits(RealmSpec spec) {
        this.spec = spec;
    }

    RealmSpec vcpus(int vcpus) {
        return new RealmSpec(spec.memslots(), vcpus, spec.ipaBits(), spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    RealmSpec ipaBits(int ipaBits) {
        return new RealmSpec(spec.memslots(), spec.vcpus(), ipaBits, spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    RealmSpec hashAlgorithm(HashAlgorithm hash) {
        return new RealmSpec(spec.memslots(), spec.vcpus(), spec.ipaBits(), hash, spec.images(), spec.guest());
    }

    RealmSpec guest(Guest guest) {
        return new RealmSpec(spec.memslots(), spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), spec.images(), guest);
    }

    private RealmSpec memslot(int index, Memslot slot) {
        return new RealmSpec(
                replaced(spec.memslots(), index, slot),
                spec.vcpus(),
                spec.ipaBits(),
                spec.hashAlgorithm(),
                spec.images(),
                spec.guest());
    }

    private RealmSpec image(int index, ImagePlacement image) {
        return new RealmSpec(
                spec.memslots(),
                spec.vcpus(),
                spec.ipaBits(),
                spec.hashAlgorithm(),
                replaced(spec.images(), index, image),
                spec.guest());
    }

    private static <T> List<T> replaced(List<T> elements, int index, T element) {
        var changed = new ArrayList<>(elements);
        changed.set(index, element);
        return changed;
    }

    /** @param numbers what rules hold addresses and sizes against */
    List<EditableField> memslots(Collection<Long> numbers, Function<RealmSpec, Facts> edit) {
        long memory = spec.guestMemfdSlots().stream()
                .mapToLong(slot -> slot.range().sizeBytes())
                .sum();
        var fields = new ArrayList<EditableField>();
        for (int i = 0; i < spec.memslots().size(); i++) {
            fields.addAll(memslot(i, spec.memslots().get(i), memory, numbers, edit));
        }
        return fields;
    }

    private List<EditableField> memslot(
            int index, Memslot slot, long memory, Collection<Long> numbers, Function<RealmSpec, Facts> edit) {
        long base = slot.range().start();
        long size = slot.range().sizeBytes();
        long others = slot.guestMemfd() ? memory - size : memory;
        String path = "spec.memslots[" + index + "]";
        // A rule may hold the number against the slot's size, its end, or the size of all.
        var sizes = numbers.stream()
                .flatMap(number -> Stream.of(number, number - base, number - others))
                .toList();
        var bases = numbers.stream()
                .flatMap(number -> Stream.of(number, number - size))
                .toList();
        long top = spec.protectedTop();
        return List.of(
                new Quantity(
                        path + ".size",
                        size,
                        Granule.SIZE_BYTES,
                        Granule.SIZE_BYTES,
                        top - base,
                        true,
                        sizes,
                        changed ->
                                edit.apply(memslot(index, new Memslot(IpaRange.of(base, changed), slot.guestMemfd())))),
                new Quantity(
                        path + ".base",
                        base,
                        Granule.SIZE_BYTES,
                        0,
                        top - size,
                        true,
                        bases,
                        changed ->
                                edit.apply(memslot(index, new Memslot(IpaRange.of(changed, size), slot.guestMemfd())))),
                new Choice(
                        path + ".guestMemfd",
                        Boolean.toString(slot.guestMemfd()),
                        BOOLEANS,
                        changed -> edit.apply(memslot(
                                index, new Memslot(slot.range(), Boolean.parseBoolean(changed.orElseThrow()))))));
    }

    List<EditableField> images(Vocabulary vocabulary, Function<RealmSpec, Facts> edit) {
        List<Optional<String>> digests = vocabulary.strings().stream()
                .filter(text -> SHA_256.matcher(text).matches())
                .sorted()
                .map(Optional::of)
                .toList();
        var fields = new ArrayList<EditableField>();
        for (int i = 0; i < spec.images().size(); i++) {
            int index = i;
            ImagePlacement image = spec.images().get(i);
            String path = "spec.images[" + i + "]";
            fields.add(new Choice(
                    path + ".digest",
                    image.sha256(),
                    digests,
                    changed -> edit.apply(
                            image(index, new ImagePlacement(changed.orElseThrow(), image.ipa(), image.measured())))));
            fields.add(new Choice(
                    path + ".measured",
                    Boolean.toString(image.measured()),
                    BOOLEANS,
                    changed -> edit.apply(image(
                            index,
                            new ImagePlacement(
                                    image.sha256(), image.ipa(), Boolean.parseBoolean(changed.orElseThrow()))))));
            fields.add(new Quantity(
                    path + ".ipa",
                    image.ipa().value(),
                    Granule.SIZE_BYTES,
                    0,
                    spec.protectedTop() - Granule.SIZE_BYTES,
                    true,
                    vocabulary.numbers(),
                    changed -> edit.apply(
                            image(index, new ImagePlacement(image.sha256(), new Ipa(changed), image.measured())))));
        }
        return fields;
    }
}
