package io.realmwright.machine.rmm;

import static io.realmwright.machine.oracle.Geometry.GIB;
import static io.realmwright.machine.oracle.Geometry.MIB_2;
import static io.realmwright.machine.rmm.TestMachine.granule;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.oracle.Answer;
import io.realmwright.machine.oracle.Call;
import io.realmwright.machine.oracle.Geometry;
import io.realmwright.machine.oracle.NaiveRealm;
import io.realmwright.machine.oracle.RandomCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * A seeded sequence of commands on the protected half of a realm, each answer and each page compared with
 * {@link NaiveRealm}, which knows no machine.
 */
public final class ProtectedHalf {
    private static final int STEPS = 6_000;
    /** Pages are all compared after so many steps. */
    private static final int STEPS_BETWEEN_LOOKS = 25;

    /** Three regions of 2 MiB and 64 single granules are the realm's to use; then come its RD, roots and REC. */
    private static final int POOL = 3 * 512 + 64;

    private static final int ROOTS = POOL;
    private static final int RD = POOL + 16;
    private static final int REC = POOL + 17;
    private static final int AUXILIARY = POOL + 18;
    private static final int SOURCE = POOL + 34;
    private static final int LIST = POOL + 35;
    private static final int RUN = POOL + 36;
    private static final int GRANULES = POOL + 64;

    private final ScriptedGuest guest = new ScriptedGuest();
    private final TestMachine machine = new TestMachine(GRANULES, guest);

    private final Invariants invariants = new Invariants(machine.rmm, GRANULES);
    /** Answers compared, by command. */
    private final Map<String, Long> compared = new TreeMap<>();

    private ProtectedHalf() {}

    /** A realm whose start level is 2, where the window lies across two root tables; answers compared, by command. */
    public static Map<String, Long> ofPagesAndBlocks(long seed) {
        return new ProtectedHalf()
                .play(seed, 32, 2, 4, GIB - 2 * MIB_2, GIB + 2 * MIB_2, GIB - 2 * MIB_2, GIB - MIB_2, GIB, GIB + MIB_2);
    }

    /** A realm whose start level is 1, with the border between two entries of 1 GiB in the window. */
    public static Map<String, Long> ofTablesOnThreeLevels(long seed) {
        return new ProtectedHalf().play(seed, 40, 1, 2, 0, 2 * GIB, 0, MIB_2, GIB - MIB_2, GIB, GIB + 3 * MIB_2);
    }

    private Map<String, Long> play(
            long seed, int ipaBits, int startLevel, int roots, long base, long top, long... blocks) {
        machine.delegate(LongStream.range(0, SOURCE).toArray());
        machine.createRealm(ipaBits, startLevel, roots, RD, ROOTS, SOURCE);
        machine.createRec(RD, REC, AUXILIARY, 0, SOURCE);
        Set<Long> delegated = new TreeSet<>();
        LongStream.range(0, POOL).forEach(index -> delegated.add(granule(index)));
        LongStream.range(ROOTS + roots, RD).forEach(index -> delegated.add(granule(index)));
        var realm = new NaiveRealm(ipaBits, startLevel, granule(RD), delegated, base, top);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var platform = new RandomCalls.Platform(
                ipaBits, granule(RD), granule(REC), granule(SOURCE), granule(LIST), granule(0), GRANULES);
        var calls = new RandomCalls(random, realm, platform, blocks);

        for (int step = 1; step <= STEPS; step++) {
            String where = "seed " + seed + ", step " + step;
            if (random.nextInt(12) == 0) {
                enter(realm, calls.guestRequest(), random.nextBoolean(), where);
            } else {
                make(calls.next(), realm, where);
            }
            if (step % STEPS_BETWEEN_LOOKS == 0) {
                assertPages(realm, base, top, where);
                assertDelegated(delegated, where);
                invariants.check();
            }
        }
        return compared;
    }

    private void make(Call call, NaiveRealm realm, String where) {
        for (int i = 0; i < call.list().size(); i++) {
            machine.rmm.memory().writeWord(granule(LIST) + 8L * i, call.list().get(i));
        }
        Answer expected = realm.answer(call);

        long[] x = machine.call(
                call.command(),
                call.arguments().stream().mapToLong(Long::longValue).toArray());

        assertThat(Answer.of(x)).as("%s: %s", where, call).isEqualTo(expected);
        compared.merge(call.command(), 1L, Long::sum);
        if (call.command().equals("RMI_RTT_DATA_UNMAP")) {
            List<Long> listed = new ArrayList<>();
            for (int i = 0; i < x[3]; i++) {
                listed.add(machine.read(granule(LIST) + 8L * i));
            }
            assertThat(listed).as("%s: %s", where, call).isEqualTo(realm.listed());
        }
    }

    /** The guest sees what became of its last request, and makes another. */
    private void enter(NaiveRealm realm, long[] request, boolean reject, String where) {
        boolean active = realm.isActive();
        machine.rmm.memory().writeWord(granule(RUN), reject ? 1 << 4 : 0);
        if (!active) {
            assertThat(machine.call("RMI_REC_ENTER", granule(REC), granule(RUN))[0])
                    .as(where)
                    .isEqualTo(2);
            compared.merge("RMI_REC_ENTER", 1L, Long::sum);
            return;
        }
        guest.queue(0xC4000197L, request[0], request[1], request[2], request[3]);
        boolean wasAsked = realm.isAsked();
        Answer results = realm.entered(reject);
        boolean asks = realm.ask(request[0], request[1], request[2], request[3]);

        machine.demand("RMI_REC_ENTER", granule(REC), granule(RUN));

        if (wasAsked) {
            assertThat(Answer.of(guest.resultsBeforeCall())).as(where).isEqualTo(results);
        }
        compared.merge("RMI_REC_ENTER", 1L, Long::sum);
        compared.merge("RSI_IPA_STATE_SET", 1L, Long::sum);
        List<Long> exit = asks ? List.of(4L, request[0], request[1], request[2]) : List.of(2L, 0L, 0L, 0L);
        assertThat(List.of(exit(0), exit(0x500), exit(0x508), exit(0x510)))
                .as("%s: asks %d %d %d", where, request[0], request[1], request[2])
                .isEqualTo(exit);
    }

    private long exit(int offset) {
        return machine.read(granule(RUN) + 0x800 + offset);
    }

    /** HIPAS, RIPAS and address of every page in the window, entry by entry. */
    private void assertPages(NaiveRealm realm, long base, long top, String where) {
        long ipa = base;
        while (ipa < top) {
            Answer entry = Answer.of(machine.call("RMI_RTT_READ_ENTRY", granule(RD), ipa, 3));
            assertThat(realm.agrees(ipa, entry))
                    .as("%s: 0x%x is %s", where, ipa, entry)
                    .isTrue();
            compared.merge("RMI_RTT_READ_ENTRY", 1L, Long::sum);
            ipa += Geometry.entrySize((int) entry.x1());
        }
    }

    private void assertDelegated(Set<Long> delegated, String where) {
        Set<Long> found = new TreeSet<>();
        machine.rmm.forEachUsedGranule((index, state, refcount) -> {
            if (state == GranuleState.DELEGATED) {
                found.add(granule(index));
            }
        });
        assertThat(found).as(where).isEqualTo(delegated);
    }
}
