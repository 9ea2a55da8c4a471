package io.realmwright.deployerpolicy.decision;

import static io.realmwright.machine.spec.MeasuredContents.AS_SPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.decision.RuleEvaluator.Detail;
import io.realmwright.deployerpolicy.decision.cel.CelPolicies;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.RangeExpression;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlipsTest {
    private static final ImageStore SMALL_IMAGES = digest -> Optional.of(new byte[0x2000]);
    private static final Effect.Allow ALLOW = new Effect.Allow(
            new RipasChoice.HostAllMemslots(), new VerdictChoice.Accept(), AS_SPECIFIED, false, Optional.empty());

    private final CelPolicies evaluator = new CelPolicies();

    @Test
    void theNearestNumberOnTheOtherSideOfTheBorderFlips() {
        assertThat(flips("realm.vcpus > 8")).containsExactly(new Flip("spec.vcpus", "2", "9", "r"));
        assertThat(flips("realm.vcpus < 2")).containsExactly(new Flip("spec.vcpus", "2", "1", "r"));
        assertThat(flips("realm.vcpus * realm.vcpus > 99 + 1")).containsExactly(new Flip("spec.vcpus", "2", "11", "r"));
    }

    @Test
    void oneFlipIsToldForEachFieldThatWouldDoTheRealmsOwnFirst() {
        assertThat(flips("host.canSetRpv || labels.a == 'x' || realm.hashAlgorithm == 'SHA_512'"))
                .containsExactly(
                        new Flip("labels.a", null, "x", "r"),
                        new Flip("spec.hashAlgorithm", "SHA_256", "SHA_512", "r"),
                        new Flip("host.profile", "rmm-2.0+kvm-rmi-v14", "rmm-1.0+kvm-rme-v10", "r"));
    }

    @Test
    void aLabelIsSetTakenAwayOrMadeAnother() {
        Facts facts = SomeFacts.labelled(Map.of("a", "x"));

        assertThat(flips("!has(labels.a)", facts)).containsExactly(new Flip("labels.a", "x", null, "r"));
        assertThat(flips("labels[\"a\"] != \"x\"", facts)).containsExactly(new Flip("labels.a", "x", "other", "r"));
        assertThat(flips("\"b\" in labels", facts)).extracting(Flip::field).containsExactly("labels.b");
    }

    @Test
    void aFieldHeldAgainstAnotherTakesItsValue() {
        assertThat(flips("has(labels.zone) && labels.zone == host.labels.zone"))
                .contains(new Flip("labels.zone", null, "north", "r"));
    }

    @Test
    void theSizeOfAMemslotIsAWholeNumberOfGranulesAndTheRealmStaysValid() {
        assertThat(flips("realm.memoryBytes > 0x10000001"))
                .containsExactly(
                        new Flip("spec.memslots[0].size", "0x10000000", "0x10001000", "r"),
                        new Flip("spec.memslots[1].guestMemfd", "false", "true", "r"));
        assertThat(flips("realm.memoryBytes < 0x1000"))
                .as("the image would no longer fit into its memslot")
                .isEmpty();
    }

    @Test
    void aMemslotThatIsTooSmallForThePolicysRangesIsTold() {
        var effect = new Effect.Allow(
                new RipasChoice.DeployerRanges(
                        List.of(new RangeExpression.Literal(IpaRange.of(0x8000_0000L, 0x1800_0000L)))),
                new VerdictChoice.Accept(),
                AS_SPECIFIED,
                false,
                Optional.empty());

        assertThat(flips(SomeFacts.labelled(Map.of()), new Rule("r", "true", effect)))
                .containsExactly(new Flip("spec.memslots[0].size", "0x10000000", "0x18000000", "r"));
    }

    @Test
    void whatIsAllowedIsToldWhatWouldDenyIt() {
        assertThat(flips(
                        SomeFacts.labelled(Map.of()),
                        new Rule("no", "realm.vcpus >= 4", new Effect.Deny("too many")),
                        new Rule("yes", "guest.profile == 'LINUX'", ALLOW)))
                .containsExactly(
                        new Flip("spec.vcpus", "2", "4", "no"),
                        new Flip("spec.guest.profile", "LINUX", "EDK2_LINUX", null));
    }

    @Test
    void nothingIsToldWhereOneFieldIsNotEnough() {
        assertThat(flips("realm.vcpus > 8 && labels.a == 'x'")).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 77, 20_261_123})
    void everyFlipIsRealAndNoneIsMissedNorLargerThanNeedBe(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int policy = 0; policy < 60; policy++) {
            var drawn = RandomPolicy.draw(random, "flips seed " + seed + " policy " + policy);
            for (int input = 0; input < 10; input++) {
                Facts facts = RandomFacts.draw(random);
                SortedMap<String, Flip> told = told(drawn.revision(), facts);
                String where = drawn + " " + facts + " " + told;

                told.values().forEach(flip -> {
                    Facts changed = apply(flip, facts);
                    assertThat(drawn.allows(changed)).as(where).isNotEqualTo(drawn.allows(facts));
                    assertThat(drawn.deciding(changed).replace("failed ", "").replace("none", "null"))
                            .as(where)
                            .isEqualTo(String.valueOf(flip.rule()));
                });
                assertThat(distance(told.get("spec.vcpus"))).as(where).isEqualTo(smallestChangeOfVcpus(drawn, facts));
                assertThat(told.keySet()).as(where).containsAll(fieldsThatWouldDo(drawn, facts));
            }
        }
    }

    private static long distance(@Nullable Flip flip) {
        return flip == null ? 0 : Math.abs(Long.parseLong(present(flip.from())) - Long.parseLong(present(flip.to())));
    }

    private static String present(@Nullable String value) {
        return Objects.requireNonNull(value);
    }

    /** Found by trying all; 0 if none would do. */
    private static long smallestChangeOfVcpus(RandomPolicy drawn, Facts facts) {
        return IntStream.rangeClosed(1, RealmSpec.MAX_VCPUS)
                .filter(vcpus ->
                        drawn.allows(apply(new Flip("spec.vcpus", "", "" + vcpus, null), facts)) != drawn.allows(facts))
                .mapToLong(vcpus -> Math.abs(vcpus - facts.spec().vcpus()))
                .min()
                .orElse(0);
    }

    /** Every field but numbers, found by trying all its values. */
    private static List<String> fieldsThatWouldDo(RandomPolicy drawn, Facts facts) {
        var changes = new ArrayList<Flip>();
        for (String label : RandomRule.LABELS) {
            Stream.of("x", "y", "z", null)
                    .map(value -> new Flip("labels." + label, "", value, null))
                    .forEach(changes::add);
        }
        Arrays.stream(GuestProfile.values())
                .map(profile -> new Flip("spec.guest.profile", "", profile.name(), null))
                .forEach(changes::add);
        Arrays.stream(HostProfile.values())
                .map(profile -> new Flip("host.profile", "", profile.profileName(), null))
                .forEach(changes::add);
        return changes.stream()
                .filter(change -> drawn.allows(apply(change, facts)) != drawn.allows(facts))
                .map(Flip::field)
                .distinct()
                .toList();
    }

    /** Carries a flip out by hand. */
    private static Facts apply(Flip flip, Facts facts) {
        RealmSpec spec = facts.spec();
        BiFunction<Integer, Guest, Facts> with = (vcpus, guest) -> facts.with(
                new RealmSpec(spec.memslots(), vcpus, spec.ipaBits(), spec.hashAlgorithm(), spec.images(), guest));
        return switch (flip.field()) {
            case "spec.vcpus" -> with.apply(Integer.valueOf(present(flip.to())), spec.guest());
            case "spec.guest.profile" ->
                with.apply(spec.vcpus(), new Guest.Profile(GuestProfile.valueOf(present(flip.to()))));
            case "host.profile" ->
                SomeFacts.of(
                        spec,
                        facts.labels().byKey(),
                        HostProfile.named(present(flip.to())).orElseThrow());
            case "labels.a", "labels.b", "labels.c" -> {
                var labels = new HashMap<>(facts.labels().byKey());
                String key = flip.field().substring("labels.".length());
                if (flip.to() == null) {
                    labels.remove(key);
                } else {
                    labels.put(key, flip.to());
                }
                yield facts.with(Labels.of(labels));
            }
            default -> {
                assertThat(flip.field()).startsWith("spec.memslots[");
                int index = Integer.parseInt(flip.field().replaceAll("\\D", ""));
                var slots = new ArrayList<>(spec.memslots());
                var slot = slots.get(index);
                assertThat(flip.field()).endsWith("].size");
                slots.set(
                        index,
                        new Memslot(
                                IpaRange.of(slot.range().start(), Long.decode(present(flip.to()))), slot.guestMemfd()));
                yield facts.with(new RealmSpec(
                        slots, spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), spec.images(), spec.guest()));
            }
        };
    }

    private SortedMap<String, Flip> told(PolicyRevision revision, Facts facts) {
        var told = new TreeMap<String, Flip>();
        flips(revision, facts).forEach(flip -> told.put(flip.field(), flip));
        return told;
    }

    private List<Flip> flips(String when) {
        return flips(when, SomeFacts.labelled(Map.of()));
    }

    private List<Flip> flips(String when, Facts facts) {
        return flips(facts, new Rule("r", when, ALLOW));
    }

    private List<Flip> flips(Facts facts, Rule... rules) {
        var content = new PolicyContent("", Optional.empty(), List.of(rules));
        assertThat(evaluator.check(content)).isEmpty();
        return flips(new PolicyRevision("p", 1, content.toString(), content, "somebody", Instant.EPOCH, null), facts);
    }

    private List<Flip> flips(PolicyRevision revision, Facts facts) {
        Ruling ruling = Ruling.of(revision, facts, evaluator, Detail.VALUES);
        return new Flips(revision, facts, evaluator, SMALL_IMAGES).of(ruling);
    }
}
