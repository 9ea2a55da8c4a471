package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RsiCommand.RSI_IPA_STATE_GET;
import static io.realmwright.machine.rmm.RsiCommand.RSI_IPA_STATE_SET;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.spec.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A realm that declares memory itself, and a host that answers or does not (reference sections 4.18, 10.3 and 10.4). */
@ParameterizedClass(name = "{0}")
@EnumSource
class RipasRequestTest {
    private static final long SUCCESS = 0;
    private static final long ERROR_INPUT = 1;
    private static final long ACCEPT = 0;
    private static final long REJECT = 1;
    private static final long EMPTY = 0;
    private static final long RAM = 1;
    private static final long DESTROYED = 2;

    /** Four pages: what the realm asks for. */
    private static final long BASE = 0x10000;

    private static final long TOP = BASE + 4 * PAGE;

    private final RmiRevision revision;
    private final GuestScript guest = new GuestScript();
    private final SmallRealm realm;

    RipasRequestTest(RmiRevision revision) {
        this.revision = revision;
        this.realm = new SmallRealm(revision, guest, HashAlgorithm.SHA_256).withVcpu(true);
    }

    private void ask(long base, long top, long ripas, long flags) {
        guest.rsi(RSI_IPA_STATE_SET, base, top, ripas, flags);
        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);
    }

    private void assertAsked(long base, long top, long ripas) {
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_RIPAS_CHANGE);
        assertThat(realm.exit(0, RunPage.RIPAS_BASE)).isEqualTo(base);
        assertThat(realm.exit(0, RunPage.RIPAS_TOP)).isEqualTo(top);
        assertThat(realm.exit(0, RunPage.RIPAS_VALUE)).isEqualTo(ripas);
    }

    /** X0 of RMI_RTT_SET_RIPAS. */
    private long set(long base, long top) {
        return realm.call(RmiCommand.RMI_RTT_SET_RIPAS, realm.rd, realm.rec(0), base, top)[0];
    }

    private void destroy(long ipa) {
        realm.declare(ipa).map(ipa);
        realm.unmap(ipa);
    }

    @ParameterizedTest
    @CsvSource({
        "0x10000, 0x14000, 2, 0", // DESTROYED
        "0x10000, 0x14000, 3, 0", // DEV
        "0x10000, 0x14000, -1, 0",
        "0x10800, 0x14000, 1, 0",
        "0x10000, 0x14001, 1, 0",
        "0x10000, 0x10000, 1, 0",
        "0x14000, 0x10000, 1, 0",
        "0x4000000000, 0x4000001000, 1, 0", // unprotected
        "0x3ffffff000, 0x4000001000, 1, 0",
        "0x10000, -4096, 1, 0",
        "-4096, 0x1000, 1, 0",
        "-4096, 0, 1, 0",
    })
    void aRequestThatMakesNoSenseReachesNoHost(long base, long top, long ripas, long flags) {
        realm.activated();

        ask(base, top, ripas, flags);

        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
        assertThat(guest.result()).startsWith(ERROR_INPUT, 0, 0, 0);
    }

    @Test
    void ofRipasAndFlags32BitsCount() {
        destroy(BASE);
        realm.activated();

        ask(BASE, TOP, 0xabc_0000_0001L, 0xabc_0000_0001L);

        assertAsked(BASE, TOP, RAM);
        assertThat(set(BASE, TOP)).as("DESTROYED too").isEqualTo(SUCCESS);
    }

    /** What the realm is told, by how far the host got and what it answered. */
    @ParameterizedTest(name = "ripas {0}, {1} pages set, response {2}: {3} pages and {4}")
    @CsvSource({
        "1, 4, 0, 4, 0",
        "1, 4, 1, 4, 0", // all was done: nothing is rejected
        "1, 2, 0, 2, 0",
        "1, 2, 1, 2, 1",
        "1, 0, 0, 0, 0",
        "1, 0, 1, 0, 1",
        "0, 4, 1, 4, 0",
        "0, 2, 1, 2, 0", // EMPTY is never rejected
        "0, 0, 1, 0, 0",
        "0, 0, 0, 0, 0",
    })
    void theRealmSeesHowFarTheHostGot(long ripas, int pages, long response, int reached, long answer) {
        for (long ipa = BASE; ripas == EMPTY && ipa < TOP; ipa += PAGE) {
            realm.declare(ipa);
        }
        realm.activated();
        ask(BASE, TOP, ripas, 0);
        assertAsked(BASE, TOP, ripas);
        if (pages > 0) {
            assertThat(set(BASE, BASE + pages * PAGE)).isEqualTo(SUCCESS);
        }

        assertThat(realm.enter(0, response * RunPage.ENTER_RIPAS_REJECT)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(guest.result()).startsWith(SUCCESS, BASE + reached * PAGE, answer, 0);
        for (int page = 0; page < 4; page++) {
            boolean changed = page < pages;
            assertThat(realm.entry(BASE + page * PAGE).get(1)).isEqualTo(changed ? ripas : 1 - ripas);
        }
    }

    @ParameterizedTest(name = "to {0}, CHANGE_DESTROYED {1}")
    @CsvSource({"1, 0", "1, 1", "0, 0", "0, 1", "1, 2"})
    void destroyedMemoryChangesOnlyIfTheRealmSaysSo(long ripas, long flags) {
        destroy(BASE + PAGE);
        realm.activated();
        ask(BASE, TOP, ripas, flags);
        // RMM 2.0 asks for the flag only where DESTROYED would become RAM.
        boolean changes = flags == 1 || (ripas == EMPTY && revision == RmiRevision.RMI_2_0);

        long[] x = realm.call(RmiCommand.RMI_RTT_SET_RIPAS, realm.rd, realm.rec(0), BASE, TOP);

        assertThat(x).startsWith(SUCCESS, changes ? TOP : BASE + PAGE);
        assertThat(realm.entry(BASE + PAGE).get(1)).isEqualTo(changes ? ripas : DESTROYED);
        if (!changes) {
            assertThat(set(BASE + PAGE, TOP)).isEqualTo(RmiStatus.errorRtt(3));
        }
        realm.enter(0);
        assertThat(guest.result()).startsWith(SUCCESS, changes ? TOP : BASE + PAGE, ACCEPT);
    }

    @Test
    void theHostMayNotGoBeyondWhatWasAskedFor() {
        realm.activated();
        assertThat(set(BASE, TOP)).as("nothing was").isEqualTo(RmiStatus.ERROR_INPUT);
        ask(BASE, TOP, RAM, 0);

        assertThat(set(BASE + PAGE, TOP)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE - PAGE, TOP)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE, TOP + PAGE)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE, TOP - 1)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE, BASE)).isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE, BASE + PAGE)).isEqualTo(SUCCESS);
        assertThat(set(BASE, TOP)).as("behind what is done already").isEqualTo(RmiStatus.ERROR_INPUT);
        assertThat(set(BASE + PAGE, TOP)).isEqualTo(SUCCESS);
        assertThat(set(TOP, TOP + PAGE)).isEqualTo(RmiStatus.ERROR_INPUT);

        realm.enter(0);
        assertThat(set(BASE, TOP)).as("the request is over").isEqualTo(RmiStatus.ERROR_INPUT);
    }

    @Test
    void rejectionIsOverWithTheRequest() {
        realm.activated();
        ask(BASE, TOP, RAM, 0);
        realm.enter(0, RunPage.ENTER_RIPAS_REJECT);
        assertThat(guest.result()).startsWith(SUCCESS, BASE, REJECT);

        ask(BASE, TOP, RAM, 0);
        set(BASE, TOP);
        realm.enter(0);

        assertThat(guest.result()).startsWith(SUCCESS, TOP, ACCEPT);
    }

    @Test
    void aRealmReadsRunsOfEqualRipasWithinOneTable() {
        realm.declare(BASE).declare(BASE + PAGE);
        destroy(BASE + 3 * PAGE);
        realm.map(BASE + PAGE);
        realm.activated();

        assertState(BASE, TOP, BASE + 2 * PAGE, RAM);
        assertState(BASE, BASE + PAGE, BASE + PAGE, RAM);
        assertState(BASE + 2 * PAGE, TOP, BASE + 3 * PAGE, EMPTY);
        assertState(BASE + 3 * PAGE, TOP + PAGE, TOP, DESTROYED);
        // To the end of its table, and then from 2 MiB on in the table above.
        assertState(TOP, UNPROTECTED, 0x20_0000, EMPTY);
        assertState(0x20_0000, UNPROTECTED, 0x4000_0000, EMPTY);
    }

    private void assertState(long start, long end, long top, long ripas) {
        guest.rsi(RSI_IPA_STATE_GET, start, end);
        realm.enter(0);
        assertThat(realm.exit(0, RunPage.EXIT_REASON)).isEqualTo(RunPage.REASON_FIQ);
        assertThat(guest.result()).startsWith(SUCCESS, top, ripas, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0x10001, 0x14000",
        "0x10000, 0x14008",
        "0x10000, 0x10000",
        "0x14000, 0x10000",
        "0x4000000000, 0x4000001000",
        "0x3ffffff000, 0x4000001000",
        "0x10000, 0",
        "-4096, 0",
        "0x10000, -4096",
    })
    void aRangeThatIsNoneOfTheRealmsCannotBeRead(long start, long end) {
        realm.activated();
        guest.rsi(RSI_IPA_STATE_GET, start, end);

        realm.enter(0);

        assertThat(guest.result()).startsWith(ERROR_INPUT, 0, 0, 0);
    }
}
