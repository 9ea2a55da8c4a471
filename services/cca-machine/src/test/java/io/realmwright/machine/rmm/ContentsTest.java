package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RmiStatus.ERROR_INPUT;
import static io.realmwright.machine.rmm.RmiStatus.ERROR_REALM;
import static io.realmwright.machine.rmm.RmiStatus.SUCCESS;
import static io.realmwright.machine.rmm.SmallRealm.BLOCK;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that a host puts into a realm and takes away again (reference sections 4.19 to 4.22 and 15). */
@ParameterizedClass(name = "{0}")
@EnumSource
class ContentsTest {
    private static final long SECRET = 0x5ec2e7;
    private static final long RAM = 1;
    private static final long DESTROYED = 2;
    private static final int SINGLE = 1;

    private final RmiRevision revision;
    private final SmallRealm realm;
    private final long source;

    ContentsTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
        this.source = realm.hostPage();
        realm.rmm.memory().writeWord(source + 8, SECRET);
    }

    private static long rtt(int level) {
        return RmiStatus.errorRtt(level);
    }

    /** RMI_RTT_DATA_MAP_INIT and RMI_DATA_CREATE have one FID and the same arguments. */
    private long populate(long data, long ipa, long from, long flags) {
        return realm.call(RmiCommand.RMI_RTT_DATA_MAP_INIT, realm.rd, data, ipa, from, flags)[0];
    }

    private long map(long ipa, long data) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_DATA_CREATE_UNKNOWN, realm.rd, data, ipa)[0];
            case RMI_2_0 ->
                realm.call(RmiCommand.RMI_RTT_DATA_MAP, realm.rd, ipa, ipa + PAGE, SINGLE, data | 1 << 2)[0];
        };
    }

    private long unmap(long ipa) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_DATA_DESTROY, realm.rd, ipa)[0];
            case RMI_2_0 -> realm.call(RmiCommand.RMI_RTT_DATA_UNMAP, realm.rd, ipa, ipa + PAGE, 0, 0)[0];
        };
    }

    @Test
    void populatingIsRefusedForWhatIsWrongAndChangesNothing() {
        long data = realm.delegated();
        byte[] rim = realm.measurement(0);
        assertThat(populate(data, 0, source, 2)).as("flags").isEqualTo(ERROR_INPUT);
        assertThat(populate(data, 0, realm.delegated(), 0)).as("source").isEqualTo(ERROR_INPUT);
        assertThat(populate(data, 0, source + 8, 0)).isEqualTo(ERROR_INPUT);
        assertThat(populate(realm.hostPage(), 0, source, 0)).as("data").isEqualTo(ERROR_INPUT);
        assertThat(populate(realm.rd, 0, source, 0)).isEqualTo(ERROR_INPUT);
        assertThat(populate(data, 8, source, 0)).as("IPA").isEqualTo(ERROR_INPUT);
        assertThat(populate(data, UNPROTECTED, source, 0)).isEqualTo(ERROR_INPUT);
        assertThat(populate(data, -PAGE, source, 0)).isEqualTo(ERROR_INPUT);
        assertThat(populate(data, BLOCK, source, 0)).as("no table").isEqualTo(rtt(2));
        assertThat(realm.measurement(0)).isEqualTo(rim);

        assertThat(populate(data, 0, source, 1)).isEqualTo(SUCCESS);

        assertThat(populate(realm.delegated(), 0, source, 1)).as("assigned").isEqualTo(rtt(3));
        assertThat(realm.rmm.granuleState(data)).isEqualTo(GranuleState.DATA);
        assertThat(realm.rmm.memory().readWord(data + 8)).isEqualTo(SECRET);
        assertThat(realm.entry(0)).containsExactly(1L, RAM);
        realm.activated();
        assertThat(populate(realm.delegated(), PAGE, source, 0)).as("ACTIVE").isEqualTo(ERROR_REALM);
    }

    @Test
    void theRimIsExtendedByContentsUntilActivationAndByNothingAfterIt() {
        byte[] created = realm.measurement(0);
        populate(realm.delegated(), 0, source, 0);
        byte[] unmeasured = realm.measurement(0);
        populate(realm.delegated(), PAGE, source, 1);
        byte[] measured = realm.measurement(0);
        realm.map(2 * PAGE);
        assertThat(realm.measurement(0)).as("unknown contents").isEqualTo(measured);
        assertThat(Arrays.equals(created, unmeasured) || Arrays.equals(unmeasured, measured))
                .isFalse();
        realm.activated();

        realm.map(3 * PAGE);
        realm.unmap(PAGE);
        realm.unmap(0);

        assertThat(realm.measurement(0)).isEqualTo(measured);
    }

    @Test
    void mappingIsRefusedForWhatIsWrongAndNeverShowsWhatTheHostHadThere() {
        long data = realm.hostPage();
        realm.rmm.memory().writeWord(data, SECRET);
        assertThat(map(0, data)).as("not delegated").isEqualTo(ERROR_INPUT);
        realm.delegate(data);
        assertThat(map(8, data)).isEqualTo(ERROR_INPUT);
        assertThat(map(UNPROTECTED, data)).isEqualTo(ERROR_INPUT);
        assertThat(map(2 * UNPROTECTED, data)).isEqualTo(ERROR_INPUT);
        assertThat(map(BLOCK, data)).as("no table").isEqualTo(rtt(2));

        assertThat(map(0, data)).isEqualTo(SUCCESS);

        assertThat(realm.rmm.memory().readWord(data)).isZero();
        assertThat(map(0, realm.delegated())).as("assigned").isEqualTo(rtt(3));
        assertThat(map(PAGE, data)).as("a granule has one role").isEqualTo(ERROR_INPUT);
        realm.activated();
        assertThat(map(PAGE, realm.delegated())).as("ACTIVE").isEqualTo(SUCCESS);
    }

    @Test
    void memoryThatIsTakenAwayIsDestroyedIfItWasRam() {
        realm.declare(0);
        realm.map(0);
        realm.map(PAGE);

        assertThat(unmap(8)).isEqualTo(ERROR_INPUT);
        assertThat(unmap(UNPROTECTED)).isEqualTo(ERROR_INPUT);
        assertThat(unmap(0)).isEqualTo(SUCCESS);
        assertThat(unmap(PAGE)).isEqualTo(SUCCESS);

        assertThat(realm.entry(0)).containsExactly(0L, DESTROYED);
        assertThat(realm.entry(PAGE)).containsExactly(0L, 0L);
        assertThat(realm.rmm.countOf(GranuleState.DATA)).isZero();
        if (revision == RmiRevision.RMI_1_0) {
            assertThat(unmap(0)).as("unassigned").isEqualTo(rtt(3));
            assertThat(unmap(BLOCK)).as("no table").isEqualTo(rtt(2));
        } else {
            assertThat(unmap(0)).as("nothing to do is progress").isEqualTo(SUCCESS);
        }
    }

    @Test
    void memoryOfTheHostIsSharedInTheUnprotectedHalfOnly() {
        long page = realm.hostPage();

        assertThat(share(PAGE, page)).isEqualTo(ERROR_INPUT);
        assertThat(share(2 * UNPROTECTED, page)).isEqualTo(ERROR_INPUT);
        assertThat(share(UNPROTECTED + 8, page)).isEqualTo(ERROR_INPUT);
        assertThat(share(UNPROTECTED + BLOCK, page)).as("no table").isEqualTo(rtt(2));
        assertThat(unshare(PAGE)).isEqualTo(ERROR_INPUT);
        assertThat(share(UNPROTECTED, page)).isEqualTo(SUCCESS);
        assertThat(share(UNPROTECTED, page + PAGE)).as("assigned").isEqualTo(rtt(3));
        assertThat(realm.rmm.granuleState(page)).as("it stays the host's").isEqualTo(GranuleState.NS);
        assertThat(unshare(UNPROTECTED)).isEqualTo(SUCCESS);
        assertThat(share(UNPROTECTED, page + PAGE)).isEqualTo(SUCCESS);
    }

    private long share(long ipa, long page) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_RTT_MAP_UNPROTECTED, realm.rd, ipa, 3, page | 3 << 6)[0];
            case RMI_2_0 ->
                realm.call(RmiCommand.RMI_RTT_UNPROT_MAP, realm.rd, ipa, ipa + PAGE, SINGLE | 3L << 19, page | 1 << 2)[
                        0];
        };
    }

    private long unshare(long ipa) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_RTT_UNMAP_UNPROTECTED, realm.rd, ipa, 3)[0];
            case RMI_2_0 -> realm.call(RmiCommand.RMI_RTT_UNPROT_UNMAP, realm.rd, ipa, ipa + PAGE, 0, 0)[0];
        };
    }
}
