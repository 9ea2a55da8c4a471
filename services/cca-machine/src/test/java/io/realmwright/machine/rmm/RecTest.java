package io.realmwright.machine.rmm;

import static io.realmwright.machine.rmm.RmiStatus.ERROR_INPUT;
import static io.realmwright.machine.rmm.RmiStatus.ERROR_REALM;
import static io.realmwright.machine.rmm.RmiStatus.SUCCESS;
import static io.realmwright.machine.rmm.SmallRealm.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.rmm.RmiStatus.MemoryRequest;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How vCPUs come and go: in one call on RMM 1.0, in a stateful operation on 2.0 (reference sections 4.12, 4.13, 4.24). */
class RecTest {
    private static final int AUXILIARY = 16;
    private static final int FLAGS = 0;
    private static final int MPIDR = 0x100;
    private static final long RUNNABLE = 1;

    /** MPIDRs that are not of the first vCPU. */
    private static final long[] OTHER_MPIDRS = {1, 0x10, 0x100, 1 << 16, 1 << 24, 1L << 32, 1L << 40, -1};

    @Nested
    class OnRmm1_0 {
        private static final int AUX_COUNT = 0x800;
        private static final int AUX = 0x808;

        private final SmallRealm realm = new SmallRealm(RmiRevision.RMI_1_0, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
        private final PhysicalMemory memory = realm.rmm.memory();
        private final long params = realm.params();
        private final long rec = realm.delegated();

        OnRmm1_0() {
            memory.zeroGranule(params);
            memory.writeWord(params + FLAGS, RUNNABLE);
            memory.writeWord(params + AUX_COUNT, AUXILIARY);
            for (int i = 0; i < AUXILIARY; i++) {
                memory.writeWord(params + AUX + 8L * i, realm.delegated());
            }
        }

        private long create(long rd, long at, long page) {
            return realm.call(RmiCommand1_0.RMI_REC_CREATE, rd, at, page)[0];
        }

        private void set(int offset, long value) {
            memory.writeWord(params + offset, value);
        }

        @Test
        void theHostLearnsHowManyGranulesAVcpuTakes() {
            assertThat(realm.call(RmiCommand1_0.RMI_REC_AUX_COUNT, realm.rd)).startsWith(SUCCESS, AUXILIARY);
            assertThat(realm.call(RmiCommand1_0.RMI_REC_AUX_COUNT, rec)).startsWith(ERROR_INPUT, 0);
        }

        @Test
        void whatIsWrongIsBadInputAndTakesNothing() {
            assertThat(create(realm.rd, rec, realm.delegated())).isEqualTo(ERROR_INPUT);
            assertThat(create(realm.rd, realm.hostPage(), params)).isEqualTo(ERROR_INPUT);
            assertThat(create(rec, rec, params)).isEqualTo(ERROR_INPUT);
            for (long mpidr : OTHER_MPIDRS) {
                set(MPIDR, mpidr);
                assertThat(create(realm.rd, rec, params))
                        .as("MPIDR 0x%x", mpidr)
                        .isEqualTo(ERROR_INPUT);
            }
            set(MPIDR, 0);
            for (long count : new long[] {0, 15, 17}) {
                set(AUX_COUNT, count);
                assertThat(create(realm.rd, rec, params))
                        .as("%d granules", count)
                        .isEqualTo(ERROR_INPUT);
            }
            set(AUX_COUNT, AUXILIARY);
            long last = memory.readWord(params + AUX + 15 * 8);
            for (long alias : new long[] {rec, realm.rd, realm.hostPage(), memory.readWord(params + AUX), last + 8}) {
                set(AUX + 15 * 8, alias);
                assertThat(create(realm.rd, rec, params)).as("0x%x", alias).isEqualTo(ERROR_INPUT);
            }
            set(AUX + 15 * 8, last);
            assertThat(realm.rmm.countOf(GranuleState.REC_AUX)).isZero();
            assertThat(create(realm.rd, rec, params)).isEqualTo(SUCCESS);
        }

        @Test
        void onlyARealmThatIsNewGetsVcpus() {
            realm.activated();
            set(MPIDR, 5);
            assertThat(create(realm.rd, rec, params)).as("before the MPIDR").isEqualTo(ERROR_REALM);
        }

        @Test
        void aVcpuIsDestroyedAndItsIndexNotUsedAgain() {
            assertThat(create(realm.rd, rec, params)).isEqualTo(SUCCESS);
            assertThat(realm.call(RmiCommand1_0.RMI_REC_DESTROY, realm.rd)[0]).isEqualTo(ERROR_INPUT);
            assertThat(realm.call(RmiCommand1_0.RMI_REC_DESTROY, rec)[0]).isEqualTo(SUCCESS);
            assertThat(realm.rmm.countOf(GranuleState.REC_AUX)).isZero();
            assertThat(realm.call(RmiCommand1_0.RMI_REC_DESTROY, rec)[0]).isEqualTo(ERROR_INPUT);
            assertThat(create(realm.rd, rec, params)).isEqualTo(ERROR_INPUT);
            set(MPIDR, 1);
            assertThat(create(realm.rd, rec, params)).isEqualTo(SUCCESS);
        }
    }

    @Nested
    class OnRmm2_0 {
        private final SmallRealm realm = new SmallRealm(RmiRevision.RMI_2_0, cpu -> Trap.FIQ, HashAlgorithm.SHA_256);
        private final PhysicalMemory memory = realm.rmm.memory();
        private final long params = realm.params();
        private final long list = realm.hostPage();
        private final long rec = realm.delegated();

        OnRmm2_0() {
            memory.zeroGranule(params);
            memory.writeWord(params + FLAGS, RUNNABLE);
        }

        private long begin(long rd) {
            long[] x = realm.call(RmiCommand.RMI_REC_CREATE, rd, rec, params);
            assertThat(x[0]).isEqualTo(RmiStatus.incomplete(MemoryRequest.DONATE));
            assertThat(x[2]).as("16 granules").isEqualTo(AUXILIARY << 2);
            return x[1];
        }

        /** X0 to X2 of a donation of single granules. */
        private long[] donate(long handle, int count) {
            for (int i = 0; i < count; i++) {
                memory.writeWord(list + 8L * i, realm.delegated() | 1 << 2);
            }
            return realm.call(RmiCommand.RMI_OP_MEM_DONATE, handle, list, count);
        }

        private long proceed(long handle) {
            return realm.call(RmiCommand.RMI_OP_CONTINUE, handle, 0)[0];
        }

        private List<Long> reclaim(long handle) {
            long[] x = realm.call(RmiCommand.RMI_OP_MEM_RECLAIM, handle, list, AUXILIARY);
            assertThat(x[0]).isEqualTo(RmiStatus.incomplete(MemoryRequest.NONE));
            List<Long> descriptors = new ArrayList<>();
            for (int i = 0; i < x[1]; i++) {
                descriptors.add(memory.readWord(list + 8L * i));
            }
            return descriptors;
        }

        private void assertFails(long rd, long status) {
            long handle = begin(rd);
            donate(handle, AUXILIARY);

            assertThat(proceed(handle)).isEqualTo(RmiStatus.incomplete(MemoryRequest.RECLAIM));

            assertThat(proceed(handle)).as("first comes what was donated").isEqualTo(ERROR_INPUT);
            assertThat(reclaim(handle)).hasSize(1);
            assertThat(realm.rmm.granuleState(rec)).isEqualTo(GranuleState.PARTIAL);
            assertThat(proceed(handle)).isEqualTo(status);
            assertThat(realm.rmm.granuleState(rec)).isEqualTo(GranuleState.DELEGATED);
            assertThat(realm.rmm.countOf(GranuleState.REC_AUX)).isZero();
            assertThat(proceed(handle)).as("the operation is over").isEqualTo(ERROR_INPUT);
        }

        @Test
        void theGranuleOfTheRecIsDelegated() {
            assertThat(realm.call(RmiCommand.RMI_REC_CREATE, realm.rd, realm.hostPage(), params)[0])
                    .isEqualTo(ERROR_INPUT);
            assertThat(realm.call(RmiCommand.RMI_REC_CREATE, realm.rd, realm.rd, params)[0])
                    .isEqualTo(ERROR_INPUT);
        }

        @Test
        void whatElseIsWrongIsSeenWhenTheMemoryIsThereAndAllOfItComesBack() {
            assertFails(rec, ERROR_INPUT);
            assertFails(realm.hostPage(), ERROR_INPUT);
            for (long mpidr : OTHER_MPIDRS) {
                memory.writeWord(params + MPIDR, mpidr);
                assertFails(realm.rd, ERROR_INPUT);
            }
            memory.writeWord(params + MPIDR, 5);
            realm.activated();
            assertFails(realm.rd, ERROR_REALM);
        }

        @Test
        void memoryIsDonatedBitByBitAndNeverMoreThanAskedFor() {
            long handle = begin(realm.rd);

            assertThat(proceed(handle)).as("not yet").isEqualTo(ERROR_INPUT);
            assertThat(donate(handle, 3))
                    .startsWith(RmiStatus.incomplete(MemoryRequest.DONATE), 3, (AUXILIARY - 3) << 2);
            assertThat(donate(handle, 14)[0]).isEqualTo(ERROR_INPUT);
            assertThat(donate(handle, 0)).startsWith(RmiStatus.incomplete(MemoryRequest.DONATE), 0);
            assertThat(realm.call(RmiCommand.RMI_OP_MEM_DONATE, handle, list + 4, 1)[0])
                    .isEqualTo(ERROR_INPUT);
            assertThat(realm.call(RmiCommand.RMI_OP_MEM_DONATE, handle + 1, list, 1)[0])
                    .isEqualTo(ERROR_INPUT);
            assertThat(realm.call(RmiCommand.RMI_OP_MEM_DONATE, -1, list, 1)[0]).isEqualTo(ERROR_INPUT);
            assertThat(donate(handle, 13)).startsWith(RmiStatus.incomplete(MemoryRequest.NONE), 13, 0);
            assertThat(realm.call(RmiCommand.RMI_OP_CANCEL, handle)[0]).isEqualTo(ERROR_INPUT);
            assertThat(proceed(handle)).isEqualTo(SUCCESS);
        }

        @Test
        void aFirstGranuleThatIsNotDelegatedFailsTheOperation() {
            long handle = begin(realm.rd);
            memory.writeWord(list, realm.hostPage() | 1 << 2);

            assertThat(realm.call(RmiCommand.RMI_OP_MEM_DONATE, handle, list, 1)[0])
                    .isEqualTo(RmiStatus.incomplete(MemoryRequest.RECLAIM));
        }

        @Test
        void neighboursComeBackAsOneDescriptor() {
            realm.withVcpu(true);
            long[] x = realm.call(RmiCommand.RMI_REC_DESTROY, realm.rec(0));
            assertThat(x[0]).isEqualTo(RmiStatus.incomplete(MemoryRequest.RECLAIM));

            List<Long> descriptors = reclaim(x[1]);

            assertThat(descriptors).containsExactly((realm.rec(0) + PAGE) | AUXILIARY << 2);
            assertThat(proceed(x[1])).isEqualTo(SUCCESS);
            assertThat(realm.rmm.granuleState(realm.rec(0))).isEqualTo(GranuleState.DELEGATED);
            assertThat(realm.call(RmiCommand.RMI_REC_DESTROY, realm.rec(0))[0]).isEqualTo(ERROR_INPUT);
        }

        @ParameterizedTest
        @ValueSource(ints = {10})
        void aMachineHasSoManyOperationsUnderWayAndAHandleIsUsedAgain(int contexts) {
            List<Long> handles = new ArrayList<>();
            for (int i = 0; i < contexts; i++) {
                handles.add(realm.call(RmiCommand.RMI_REC_CREATE, realm.rd, realm.delegated(), params)[1]);
            }
            assertThat(handles).doesNotHaveDuplicates();
            assertThat(realm.call(RmiCommand.RMI_REC_CREATE, realm.rd, rec, params)[0])
                    .isEqualTo(RmiStatus.BLOCKED);
            assertThat(realm.call(RmiCommand.RMI_REC_CREATE, realm.rd, realm.rd, params)[0])
                    .as("the granule is looked at first")
                    .isEqualTo(ERROR_INPUT);
            donate(handles.get(4), AUXILIARY);
            assertThat(proceed(handles.get(4))).isEqualTo(SUCCESS);

            assertThat(begin(realm.rd)).isEqualTo(handles.get(4));
        }
    }
}
