package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static io.realmwright.machine.rmm.SmallRealm.UNPROTECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an access by plane 0 yields, whatever host and realm have made of the page (reference section 6.5). */
@ParameterizedClass(name = "{0}")
@EnumSource
class AccessTest {
    private static final long IPA = 0x5000;
    private static final long OFFSET = 0x128;
    private static final long VALUE = 0x1122_3344_5566_7788L;

    private static final long DATA_ABORT = 0x24L << 26;
    private static final long INSTRUCTION_ABORT = 0x20L << 26;
    private static final long TRANSLATION_FAULT_LEVEL_3 = 0x07;
    private static final long PERMISSION_FAULT_LEVEL_3 = 0x0f;
    private static final long GRANULE_PROTECTION_FAULT = 0x28;
    /** ISV, 64 bits wide (SAS and SF). */
    private static final long EMULATABLE = 1L << 24 | 3L << 22 | 1L << 15;

    private static final long WNR = 1 << 6;

    private final GuestScript guest = new GuestScript();
    private final SmallRealm realm;

    AccessTest(RmiRevision revision) {
        realm = new SmallRealm(revision, guest, HashAlgorithm.SHA_256).withVcpu(true);
    }

    /** Who sees what of an access. */
    enum Yield {
        SUCCESS,
        /** An abort in the realm, of which the host learns nothing. */
        ABORT_IN_REALM,
        EXIT
    }

    enum Page {
        UNASSIGNED_EMPTY(Yield.ABORT_IN_REALM),
        ASSIGNED_EMPTY(Yield.ABORT_IN_REALM),
        UNASSIGNED_RAM(Yield.EXIT),
        ASSIGNED_RAM(Yield.SUCCESS),
        UNASSIGNED_DESTROYED(Yield.EXIT),
        ASSIGNED_DESTROYED(Yield.EXIT);

        private final Yield yields;

        Page(Yield yields) {
            this.yields = yields;
        }

        /** X2 and X4 of RMI_RTT_READ_ENTRY. */
        List<Long> entry() {
            long ripas = name().endsWith("EMPTY") ? 0 : name().endsWith("RAM") ? 1 : 2;
            return List.of(name().startsWith("UN") ? 0L : 1L, ripas);
        }
    }

    private void make(Page page) {
        switch (page) {
            case UNASSIGNED_EMPTY -> {}
            case ASSIGNED_EMPTY -> realm.map(IPA);
            case UNASSIGNED_RAM -> realm.declare(IPA);
            case ASSIGNED_RAM -> realm.declare(IPA).map(IPA);
            case UNASSIGNED_DESTROYED -> {
                make(Page.ASSIGNED_RAM);
                realm.unmap(IPA);
            }
            case ASSIGNED_DESTROYED -> {
                make(Page.UNASSIGNED_DESTROYED);
                realm.map(IPA);
            }
        }
    }

    static Stream<Arguments> everyAccessToEveryPage() {
        return Arrays.stream(Page.values())
                .flatMap(page -> Arrays.stream(Access.values()).map(access -> Arguments.of(page, access)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("everyAccessToEveryPage")
    void inTheProtectedHalfHipasAndRipasDecide(Page page, Access access) {
        make(page);
        realm.activated();

        assertYields(page.yields, access, IPA);

        if (page.yields == Yield.EXIT) {
            long abort = access == Access.FETCH ? INSTRUCTION_ABORT : DATA_ABORT;
            assertExit(abort | TRANSLATION_FAULT_LEVEL_3, 0, IPA >> 8, 0);
        }
        assertThat(realm.entry(IPA)).isEqualTo(page.entry());
    }

    @ParameterizedTest
    @EnumSource
    void anUnmappedPageOfTheUnprotectedHalfIsTheHostsToEmulateButNotToFetchFrom(Access access) {
        realm.activated();
        boolean fetches = access == Access.FETCH;

        assertYields(fetches ? Yield.ABORT_IN_REALM : Yield.EXIT, access, UNPROTECTED + IPA);

        if (!fetches) {
            assertEmulatableExit(access, TRANSLATION_FAULT_LEVEL_3);
        }
    }

    static Stream<Arguments> everyAccessWithEveryPermission() {
        return Stream.of(false, true)
                .flatMap(read -> Stream.of(false, true)
                        .flatMap(write ->
                                Arrays.stream(Access.values()).map(access -> Arguments.of(read, write, access))));
    }

    @ParameterizedTest(name = "{2}, readable {0}, writable {1}")
    @MethodSource("everyAccessWithEveryPermission")
    void aSharedPageIsAccessedAsTheHostPermitsAndNeverFetchedFrom(boolean readable, boolean writable, Access access) {
        long page = realm.hostPage();
        realm.share(UNPROTECTED + IPA, page, readable, writable);
        realm.activated();
        Yield yields = switch (access) {
            case READ -> readable ? Yield.SUCCESS : Yield.EXIT;
            case WRITE -> writable ? Yield.SUCCESS : Yield.EXIT;
            case FETCH -> Yield.ABORT_IN_REALM;
        };

        assertYields(yields, access, UNPROTECTED + IPA);

        if (yields == Yield.EXIT) {
            assertEmulatableExit(access, PERMISSION_FAULT_LEVEL_3);
        }
        boolean written = access == Access.WRITE && writable;
        assertThat(realm.rmm.memory().readWord(page + OFFSET)).isEqualTo(written ? VALUE : 0);
    }

    @ParameterizedTest
    @EnumSource(names = "FETCH", mode = EnumSource.Mode.EXCLUDE)
    void memoryThatTheHostHasDelegatedSinceItSharedItIsOutOfReach(Access access) {
        long page = realm.hostPage();
        realm.share(UNPROTECTED + IPA, page, true, true);
        realm.delegate(page);
        realm.activated();

        assertYields(Yield.EXIT, access, UNPROTECTED + IPA);

        assertEmulatableExit(access, GRANULE_PROTECTION_FAULT);
        assertThat(realm.rmm.memory().readWord(page + OFFSET)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void outsideOfTheIpaSpaceIsAnAbortInTheRealm(Access access) {
        realm.activated();

        assertYields(Yield.ABORT_IN_REALM, access, 2 * UNPROTECTED);
        assertYields(Yield.ABORT_IN_REALM, access, (1L << 52) - PAGE);
    }

    /** An access that crosses the border between the halves faults in the half that the faulting byte is in. */
    @ParameterizedTest
    @EnumSource(names = "FETCH", mode = EnumSource.Mode.EXCLUDE)
    void theLastPageOfTheProtectedHalfAndTheFirstOfTheOtherAreToldApart(Access access) {
        realm.activated();

        assertYields(Yield.ABORT_IN_REALM, access, UNPROTECTED - PAGE);
        assertYields(Yield.EXIT, access, UNPROTECTED);
    }

    private void assertYields(Yield expected, Access access, long ipa) {
        int abortsBefore = guest.aborts();
        guest.touch(access, ipa + OFFSET, VALUE);

        assertThat(realm.enter(0)).isEqualTo(RmiStatus.SUCCESS);

        assertThat(guest.touched()).isEqualTo(expected == Yield.SUCCESS);
        assertThat(guest.aborts() - abortsBefore).isEqualTo(expected == Yield.ABORT_IN_REALM ? 1 : 0);
        // Without an exit for the access the guest goes on, and waits for the next interrupt.
        assertThat(realm.exit(0, RunPage.EXIT_REASON))
                .isEqualTo(expected == Yield.EXIT ? RunPage.REASON_SYNC : RunPage.REASON_FIQ);
    }

    private void assertEmulatableExit(Access access, long fault) {
        boolean writes = access == Access.WRITE;
        long esr = DATA_ABORT | EMULATABLE | (writes ? WNR : 0) | fault;
        // The program stores X0, which is zero: memory gets a value of its own.
        assertExit(esr, OFFSET, (UNPROTECTED + IPA) >> 8, 0);
    }

    private void assertExit(long esr, long far, long hpfar, long gpr) {
        assertThat(List.of(
                        realm.exit(0, RunPage.ESR),
                        realm.exit(0, RunPage.FAR),
                        realm.exit(0, RunPage.HPFAR),
                        realm.exit(0, RunPage.GPRS)))
                .containsExactly(esr, far, hpfar, gpr);
    }
}
