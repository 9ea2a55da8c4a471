package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RmiStatus.ERROR_INPUT;
import static io.realmwright.machine.rmm.RmiStatus.SUCCESS;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host asks first: version, features and granules (reference sections 2.1, 4.1, 4.2 and 4.7). */
@ParameterizedClass(name = "{0}")
@EnumSource
class PlatformTest {
    private final RmiRevision revision;
    private final SmallRealm realm;
    private final long version;

    PlatformTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
        this.version = revision == RmiRevision.RMI_1_0 ? 0x10000 : 0x20000;
    }

    private long[] smc(long fid, long... arguments) {
        long[] x = new long[Rmm.REGISTERS];
        x[0] = fid;
        System.arraycopy(arguments, 0, x, 1, arguments.length);
        realm.rmm.smc(x);
        return x;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x10000, 0x10001, 0x20000, 0x20001, 0x1_0001_0000L, -1})
    void oneVersionIsSpoken(long requested) {
        assertThat(realm.call(RmiCommand.RMI_VERSION, requested))
                .containsExactly(requested == version ? SUCCESS : ERROR_INPUT, version, version, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 255, -1, Long.MIN_VALUE})
    void aFeatureRegisterThatThereIsNotIsZero(long index) {
        assertThat(realm.call(RmiCommand.RMI_FEATURES, index)).containsExactly(SUCCESS, 0, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0xC401_0150L, 0xdead_beef_C400_0150L})
    void theSveHintAndTheUpperHalfOfTheFidAreNoPartOfIt(long fid) {
        assertThat(smc(fid, version)).startsWith(SUCCESS, version, version);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x8400_0150L, 0xC400_014fL, 0xC400_0190L, 0xC400_016AL, 0xC400_01E3L, 0xC400_020BL, -1})
    void whatIsNoCommandOfTheRmmIsNotSupported(long fid) {
        assertThat(smc(fid, 1, 2, 3, 4, 5, 6)).containsExactly(-1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aGranuleIsDelegatedOnceAndUndelegatedWhenNobodyUsesIt() {
        long granule = realm.hostPage();
        assertThat(undelegate(granule)).isEqualTo(ERROR_INPUT);
        assertThat(delegate(granule)).isEqualTo(SUCCESS);
        assertThat(delegate(granule)).isEqualTo(ERROR_INPUT);
        assertThat(realm.rmm.isHostAccessible(granule)).isFalse();
        assertThat(undelegate(granule)).isEqualTo(SUCCESS);
        assertThat(realm.rmm.isHostAccessible(granule)).isTrue();
        for (long wrong : new long[] {granule + 8, 0, 1L << 47, -PAGE, realm.rd}) {
            assertThat(delegate(wrong)).as("0x%x", wrong).isEqualTo(ERROR_INPUT);
            assertThat(undelegate(wrong)).as("0x%x", wrong).isEqualTo(ERROR_INPUT);
        }
    }

    private long delegate(long granule) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_GRANULE_DELEGATE, granule)[0];
            case RMI_2_0 -> realm.call(RmiCommand.RMI_GRANULE_RANGE_DELEGATE, granule, granule + PAGE)[0];
        };
    }

    private long undelegate(long granule) {
        return switch (revision) {
            case RMI_1_0 -> realm.call(RmiCommand1_0.RMI_GRANULE_UNDELEGATE, granule)[0];
            case RMI_2_0 -> realm.call(RmiCommand.RMI_GRANULE_RANGE_UNDELEGATE, granule, granule + PAGE)[0];
        };
    }
}
