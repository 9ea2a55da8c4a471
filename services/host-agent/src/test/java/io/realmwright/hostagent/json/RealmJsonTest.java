package io.realmwright.hostagent.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.MeasuredContents;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.PersonalizationValue;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is written is read again as it was: what is recorded of a realm is what was asked for. */
class RealmJsonTest {
    private static final int ROUNDS = 500;
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_122})
    void specsPlansAndOutcomesAreReadAsTheyWereWritten(long seed) {
        var any = new Any(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));

        for (int round = 0; round < ROUNDS; round++) {
            assertReadAsWritten(any.spec(), RealmSpecJson::write, RealmSpecJson::read);
            assertReadAsWritten(any.plan(), LaunchPlanJson::write, LaunchPlanJson::read);
            assertReadAsWritten(any.outcome(), OutcomeJson::write, OutcomeJson::read);
        }
    }

    private static <T> void assertReadAsWritten(T value, Function<T, ObjectNode> write, Function<Fields, T> read) {
        var text = write.apply(value).toString();

        assertThat(Fields.read(JSON.readTree(text), read)).as(text).isEqualTo(value);
    }

    /** Draws values of the domain, valid or not: JSON carries what can be built. */
    private record Any(RandomGenerator random) {
        RealmSpec spec() {
            return new RealmSpec(
                    list(() -> new Memslot(range(), random.nextBoolean())),
                    random.nextInt(1, RealmSpec.MAX_VCPUS + 1),
                    random.nextInt(32, 49),
                    oneOf(HashAlgorithm.values()),
                    list(() -> new ImagePlacement(hex(32), ipa(), random.nextBoolean())),
                    random.nextBoolean()
                            ? new Guest.Profile(oneOf(GuestProfile.values()))
                            : new Guest.Custom(new GuestProgram(list(this::step))));
        }

        GuestStep step() {
            return switch (random.nextInt(11)) {
                case 0 -> new GuestStep.Touch(oneOf(Access.values()), ipa());
                case 1 -> new GuestStep.DetectRsi();
                case 2 -> new GuestStep.ReadRealmConfig(ipa());
                case 3 -> new GuestStep.DeclareRam(range(), random.nextBoolean());
                case 4 -> new GuestStep.ReleaseRam(range());
                case 5 -> new GuestStep.MeasureRipas(random.nextInt(1, 5), range());
                case 6 -> new GuestStep.ExtendRem(random.nextInt(1, 5), hex(random.nextInt(65)));
                case 7 -> new GuestStep.HostCall(random.nextInt(0x10000), ipa());
                case 8 -> new GuestStep.StartSecondaries(ipa());
                case 9 -> new GuestStep.PowerOff();
                default -> new GuestStep.Halt();
            };
        }

        LaunchPlan plan() {
            return new LaunchPlan(
                    switch (random.nextInt(3)) {
                        case 0 -> new RipasMode.HostAllMemslots();
                        case 1 -> new RipasMode.DeployerRanges(list(this::range));
                        default -> new RipasMode.GuestDeclares();
                    },
                    switch (random.nextInt(4)) {
                        case 0 -> new RunTimeVerdict.Accept();
                        case 1 -> new RunTimeVerdict.Withhold();
                        case 2 -> new RunTimeVerdict.Reject();
                        default -> new RunTimeVerdict.AcceptRanges(list(this::range));
                    },
                    oneOf(MeasuredContents.values()),
                    random.nextBoolean()
                            ? PersonalizationValue.ZERO
                            : new PersonalizationValue(hex(PersonalizationValue.SIZE_BYTES)));
        }

        Outcome outcome() {
            return switch (random.nextInt(5)) {
                case 0 -> new Outcome.Booted();
                case 1 -> new Outcome.PoweredOff();
                case 2 -> new Outcome.Stalled(oneOf(Outcome.Stalled.Reason.values()));
                case 3 ->
                    new Outcome.Faulted(
                            oneOf(Access.values()),
                            ipa(),
                            oneOf("UNASSIGNED", "ASSIGNED"),
                            oneOf("EMPTY", "RAM", "DESTROYED"),
                            random.nextInt(10_000),
                            random.nextBoolean());
                default ->
                    new Outcome.HostFailed(new RmiRefusal(
                            "RMI_RTT_SET_RIPAS",
                            oneOf("RMI_ERROR_INPUT", "RMI_ERROR_RTT"),
                            random.nextInt(256),
                            random.nextBoolean() ? ipa() : null));
            };
        }

        private IpaRange range() {
            long base = random.nextLong(Long.MAX_VALUE);
            return IpaRange.of(base, random.nextLong(1, Long.MAX_VALUE - base + 1));
        }

        private Ipa ipa() {
            return new Ipa(random.nextLong(Long.MAX_VALUE));
        }

        private String hex(int length) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        private <T> List<T> list(Supplier<T> element) {
            return Stream.generate(element).limit(random.nextInt(6)).toList();
        }

        @SafeVarargs
        private <T> T oneOf(T... values) {
            return values[random.nextInt(values.length)];
        }
    }
}
