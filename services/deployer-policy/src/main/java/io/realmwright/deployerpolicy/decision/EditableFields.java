package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.decision.EditableField.Choice;
import io.realmwright.deployerpolicy.decision.EditableField.Quantity;
import io.realmwright.deployerpolicy.decision.Facts.CandidateHost;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.RealmSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of some facts that rules speak of; the realm's own first, because its deployer can change those. */
final class EditableFields {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Facts facts;
    private final Vocabulary vocabulary;
    private final List<EditableField> fields = new ArrayList<>();

    private EditableFields(Facts facts, Vocabulary vocabulary) {
        this.facts = facts;
        this.vocabulary = vocabulary;
    }

    /** @param rangesMatter whether a rule allows by ranges, which fit some memslots and not others */
    static List<EditableField> of(Facts facts, Vocabulary vocabulary, boolean rangesMatter) {
        var fields = new EditableFields(facts, vocabulary);
        fields.addLabels("labels", facts.labels(), facts::with);
        fields.addRealm(rangesMatter);
        fields.addHost();
        return fields.fields;
    }

    private void addRealm(boolean rangesMatter) {
        RealmSpec spec = facts.spec();
        var edits = new SpecEdits(spec);
        if (vocabulary.speaksOf("realm.name")) {
            addName("name", facts.realmName(), facts::withName);
        }
        if (vocabulary.speaksOf("realm.vcpus")) {
            addNumber(
                    "spec.vcpus", spec.vcpus(), 1, RealmSpec.MAX_VCPUS, vcpus -> facts.with(edits.vcpus((int) vcpus)));
        }
        if (vocabulary.speaksOf("realm.ipaBits")) {
            addNumber(
                    "spec.ipaBits",
                    spec.ipaBits(),
                    RealmSpec.IPA_BITS_MIN,
                    RealmSpec.IPA_BITS_MAX,
                    bits -> facts.with(edits.ipaBits((int) bits)));
        }
        if (vocabulary.speaksOf("realm.hashAlgorithm")) {
            addChoice(
                    "spec.hashAlgorithm",
                    spec.hashAlgorithm().name(),
                    Arrays.stream(HashAlgorithm.values()).map(Enum::name),
                    name -> facts.with(edits.hashAlgorithm(HashAlgorithm.valueOf(name))));
        }
        if (Stream.of("guest.kind", "guest.profile", "guest.steps").anyMatch(vocabulary::speaksOf)) {
            addChoice(
                    "spec.guest.profile",
                    profileOf(spec.guest()),
                    Arrays.stream(GuestProfile.values()).map(Enum::name),
                    name -> facts.with(edits.guest(new Guest.Profile(GuestProfile.valueOf(name)))));
        }
        if (rangesMatter || vocabulary.speaksOf("realm.memslots") || vocabulary.speaksOf("realm.memoryBytes")) {
            fields.addAll(edits.memslots(vocabulary.numbers(), facts::with));
        }
        if (vocabulary.speaksOf("realm.images")) {
            fields.addAll(edits.images(vocabulary, facts::with));
        }
    }

    private static String profileOf(Guest guest) {
        return switch (guest) {
            case Guest.Profile(var profile) -> profile.name();
            case Guest.Custom _ -> "";
        };
    }

    private void addHost() {
        CandidateHost host = facts.host();
        if (Stream.of("host.profile", "host.rmmVersion", "host.canSetRpv").anyMatch(vocabulary::speaksOf)) {
            addChoice(
                    "host.profile",
                    host.profile().profileName(),
                    Arrays.stream(HostProfile.values()).map(HostProfile::profileName),
                    name -> facts.on(new CandidateHost(
                            host.name(),
                            host.machine(),
                            HostProfile.named(name).orElseThrow(),
                            host.labels(),
                            host.dramBytes())));
        }
        addLabels(
                "host.labels",
                host.labels(),
                labels -> facts.on(
                        new CandidateHost(host.name(), host.machine(), host.profile(), labels, host.dramBytes())));
        if (vocabulary.speaksOf("host.name")) {
            addName(
                    "host.name",
                    host.name(),
                    name -> facts.on(
                            new CandidateHost(name, host.machine(), host.profile(), host.labels(), host.dramBytes())));
        }
        if (vocabulary.speaksOf("host.machine")) {
            addName(
                    "host.machine",
                    host.machine(),
                    machine -> facts.on(
                            new CandidateHost(host.name(), machine, host.profile(), host.labels(), host.dramBytes())));
        }
        if (vocabulary.speaksOf("host.dramBytes")) {
            addNumber(
                    "host.dramBytes",
                    host.dramBytes(),
                    0,
                    HostConfig.DRAM_MAX_BYTES,
                    bytes -> facts.on(
                            new CandidateHost(host.name(), host.machine(), host.profile(), host.labels(), bytes)));
        }
    }

    private void addLabels(String path, Labels labels, Function<Labels, Facts> edit) {
        SortedSet<String> keys = vocabulary.below(path).collect(Collectors.toCollection(TreeSet::new));
        if (vocabulary.fields().contains(path)) {
            keys.addAll(labels.byKey().keySet());
        }
        List<Optional<String>> options = Stream.concat(
                        texts().map(Optional::of), Stream.of(Optional.<String>empty(), Optional.of(unheardOf())))
                .toList();
        for (String key : keys) {
            fields.add(new Choice(
                    path + "." + key, labels.byKey().get(key), options, value -> edit.apply(with(labels, key, value))));
        }
    }

    private static Labels with(Labels labels, String key, Optional<String> value) {
        Map<String, String> changed = new TreeMap<>(labels.byKey());
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        return Labels.of(changed);
    }

    private void addName(String path, String name, Function<String, Facts> edit) {
        addChoice(
                path,
                name,
                Stream.concat(texts(), Stream.of(unheardOf()))
                        .filter(text -> NAME.matcher(text).matches()),
                edit);
    }

    private void addChoice(String path, String value, Stream<String> options, Function<String, Facts> edit) {
        fields.add(new Choice(
                path, value, options.map(Optional::of).toList(), option -> edit.apply(option.orElseThrow())));
    }

    private void addNumber(String path, long value, long min, long max, LongFunction<Facts> edit) {
        fields.add(new Quantity(path, value, 1, min, max, false, vocabulary.numbers(), edit));
    }

    /** What the rules hold texts against: what they write, and the labels that they may compare with each other. */
    private Stream<String> texts() {
        Stream<String> labels = Stream.concat(
                vocabulary.below("labels").map(key -> facts.labels().byKey().get(key)),
                vocabulary
                        .below("host.labels")
                        .map(key -> facts.host().labels().byKey().get(key)));
        return Stream.concat(vocabulary.strings().stream(), labels.filter(Objects::nonNull))
                .distinct()
                .sorted();
    }

    /** A text that no rule speaks of. */
    private String unheardOf() {
        String text = "other";
        while (vocabulary.strings().contains(text)) {
            text += "-other";
        }
        return text;
    }
}
