package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.machine.fault.MachineBroken;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A machine that is broken on purpose, from inside: what goes wrong is seen. */
class InvariantsTest {
    private static final int GRANULES = 4096;

    private final SmallRealm realm =
            new SmallRealm(RmiRevision.RMI_2_0, cpu -> Trap.FIQ, HashAlgorithm.SHA_256).withVcpu(true);
    private final RmmState state = realm.rmm.state();
    private final Invariants invariants = new Invariants(realm.rmm, GRANULES);

    private Realm inside() {
        Realm found = state.granules.realm(realm.rd);
        if (found == null) {
            throw new AssertionError("there is no realm");
        }
        return found;
    }

    /** Sabotage by what {@link Invariants} says of it. */
    static Map<String, BiConsumer<InvariantsTest, Long>> sabotages() {
        return Map.of(
                "the references to a table", (test, data) -> test.inside().roots[0].refcount++,
                "the references to an RD", (test, data) -> test.inside().liveRecs++,
                "no REC runs", (test, data) -> test.inside().runningRecs++,
                "is what something accounts for",
                        (test, data) -> test.state.granules.become(test.realm.delegated(), GranuleState.DATA),
                "what is used in a role", (test, data) -> test.state.granules.become(data, GranuleState.DELEGATED),
                "a granule has one role", (test, data) -> test.leaf().entries[9] = Rtte.data(data, Rtte.RAM),
                "no NS entry is in the protected half", (test, data) -> test.leaf().entries[9] = Rtte.UNASSIGNED_NS,
                "an entry and its link agree", (test, data) -> test.inside().roots[0].entries[9] = Rtte.table(data));
    }

    private Rtt leaf() {
        return state.walk.to(inside(), 0, Rtt.LEAF_LEVEL).table;
    }

    static Set<String> invariantsThatAreBroken() {
        return sabotages().keySet();
    }

    @ParameterizedTest
    @MethodSource("invariantsThatAreBroken")
    void aRecountSeesWhatIsBroken(String invariant) {
        long data = realm.map(0);
        invariants.check();

        Objects.requireNonNull(sabotages().get(invariant)).accept(this, data);

        assertThatThrownBy(invariants::check).isInstanceOf(AssertionError.class).hasMessageContaining(invariant);
    }

    @Test
    void aRimThatChangesAfterActivationIsSeen() {
        realm.activated();
        invariants.check();
        assertThatThrownBy(() -> inside().measurement.extendRipas(0, 4096)).isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void aMachineThatIsBrokenStopsAndNamesTheCall() {
        leaf().refcount = -1;

        String call = "RMI_RTT_READ_ENTRY(0x%x, 0x0, 0x3, 0x0, 0x0)".formatted(realm.rd);
        assertThatThrownBy(() -> realm.call(RmiCommand.RMI_RTT_READ_ENTRY, realm.rd, 0, 3))
                .isInstanceOfSatisfying(
                        MachineBroken.class, broken -> assertThat(broken.call()).isEqualTo(call))
                .hasMessage("the simulated machine broke at " + call + ": a table has -1 references");

        assertThatThrownBy(() -> realm.call(RmiCommand.RMI_VERSION, 0x20000))
                .as("and answers nothing any more")
                .isInstanceOfSatisfying(
                        MachineBroken.class, broken -> assertThat(broken.call()).isEqualTo(call));
    }

    @Test
    void aGranuleTakesNoSecondRole() {
        long data = realm.map(0);

        assertThatThrownBy(() -> state.granules.become(data, GranuleState.RTT))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessage("1 granules cannot go from DATA to RTT");
        assertThatThrownBy(() -> state.granules.becomeAll(data, 2, GranuleState.DATA, GranuleState.DELEGATED))
                .isInstanceOf(BrokenInvariant.class);
    }

    @Test
    void whatOthersReferToIsNotGivenUp() {
        assertThatThrownBy(() -> state.granules.become(realm.rd, GranuleState.DELEGATED))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining("references");
    }
}
