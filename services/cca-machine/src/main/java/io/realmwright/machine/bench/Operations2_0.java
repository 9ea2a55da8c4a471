package io.realmwright.machine.bench;

import static io.realmwright.machine.bench.Operation.AT_LEAST;
import static io.realmwright.machine.bench.Operation.FIVE_TIMES;
import static io.realmwright.machine.bench.Operation.FOUR_TIMES;
import static io.realmwright.machine.bench.Operation.WITHIN_TWICE;
import static io.realmwright.machine.bench.RawHost.ENTRIES;
import static io.realmwright.machine.bench.RawHost.PAGE;
import static io.realmwright.machine.bench.RawHost.TABLE_BYTES;

import io.realmwright.machine.rmm.RmiCommand;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The operations of RMM 2.0 that the reference was timed at. */
final class Operations2_0 {
    /** Granules that fill 4 MiB. */
    private static final int WORKING_SET = 1024;

    private Operations2_0() {}

    static List<Operation> all() {
        return List.of(
                new Operation("VERSION", 7, AT_LEAST, repeat(RmiCommand.RMI_VERSION, 0x20000)),
                new Operation("FEATURES", 9, AT_LEAST, repeat(RmiCommand.RMI_FEATURES, 0)),
                new Operation("delegate one granule", 17, WITHIN_TWICE, on(host -> Workloads.delegate(host, false))),
                new Operation(
                        "undelegate one granule (scrubs 4 KiB)",
                        673,
                        AT_LEAST,
                        on(host -> Workloads.undelegate(host, true))),
                new Operation(
                        "delegate + undelegate pair, 4 MiB working set",
                        227,
                        AT_LEAST,
                        on(host -> Workloads.delegatePair(host, WORKING_SET))),
                new Operation(
                        "RTT_CREATE level 3 under an unassigned RAM entry", 1952, AT_LEAST, on(Workloads::createTable)),
                new Operation("RTT_FOLD level 3, homogeneous RAM", 1745, AT_LEAST, on(Workloads::foldTable)),
                new Operation("INIT_RIPAS, per 2 MiB entry (512 a call)", 2.9, WITHIN_TWICE, declare(2, ENTRIES)),
                new Operation("INIT_RIPAS, per 4 KiB entry (512 a call)", 1.9, WITHIN_TWICE, declare(3, ENTRIES)),
                new Operation("INIT_RIPAS of 1 GiB by 2 MiB entries, one call", 1502, WITHIN_TWICE, declare(2, 1)),
                new Operation("READ_ENTRY level 3 (start level 1)", 108, FIVE_TIMES, readEntry(3)),
                new Operation("READ_ENTRY level 2", 79, FIVE_TIMES, readEntry(2)),
                new Operation("DATA_MAP_INIT, content not measured", 2062, FIVE_TIMES, populate(false)),
                new Operation("DATA_MAP_INIT, content measured (SHA-256)", 13921, FOUR_TIMES, populate(true)),
                new Operation("DATA_MAP, 1 page a call", 855, FIVE_TIMES, () -> map(1)),
                new Operation("DATA_MAP, 512 pages a call, per page", 661, FIVE_TIMES, () -> map(ENTRIES)),
                new Operation("DATA_UNMAP, 1 page a call", 1284, FIVE_TIMES, () -> unmap(1)),
                new Operation("DATA_UNMAP, 512 pages a call, per page", 415, FIVE_TIMES, () -> unmap(ENTRIES)),
                new Operation("UNPROT_MAP + UNPROT_UNMAP pair, 1 page", 1032, FIVE_TIMES, Operations2_0::unprotected),
                new Operation(
                        "refused REALM_ACTIVATE (granule is NS)",
                        14,
                        AT_LEAST,
                        repeat(RmiCommand.RMI_REALM_ACTIVATE, RawHost.DRAM_BASE)));
    }

    private static Supplier<Workload> on(Function<RawHost, Workload> workload) {
        return () -> workload.apply(new RawHost2_0());
    }

    private static Supplier<Workload> repeat(RmiCommand command, long argument) {
        return on(host -> Workloads.repeat(host, command.fid(), argument));
    }

    private static Supplier<Workload> declare(int level, int operationsPerCall) {
        return on(host -> Workloads.declare(host, level, operationsPerCall));
    }

    private static Supplier<Workload> readEntry(int level) {
        return on(host -> Workloads.readEntry(host, level));
    }

    private static Supplier<Workload> populate(boolean measured) {
        return on(host -> Workloads.populate(host, measured));
    }

    private static Workload map(int pagesPerCall) {
        var pages = new MappedPages(pagesPerCall);
        pages.map();
        return Workload.of(pages::unmap, pages::map);
    }

    private static Workload unmap(int pagesPerCall) {
        var pages = new MappedPages(pagesPerCall);
        return Workload.of(pages::map, pages::unmap);
    }

    /** A table of pages, mapped and unmapped in calls of so many pages. */
    private static final class MappedPages {
        private final RawHost2_0 host = new RawHost2_0();
        private final long rd = host.realm();
        private final long data = host.delegated(ENTRIES);
        private final int pagesPerCall;

        MappedPages(int pagesPerCall) {
            this.pagesPerCall = pagesPerCall;
            host.createTablesTo3(rd, 0);
            host.initRipas(rd, 0, TABLE_BYTES);
        }

        int map() {
            for (int i = 0; i < ENTRIES; i += pagesPerCall) {
                host.mapTogether(rd, i * PAGE, data + i * PAGE, pagesPerCall);
            }
            return ENTRIES;
        }

        int unmap() {
            for (int i = 0; i < ENTRIES; i += pagesPerCall) {
                host.unmapTogether(rd, i * PAGE, pagesPerCall);
            }
            return ENTRIES;
        }
    }

    private static Workload unprotected() {
        var host = new RawHost2_0();
        long rd = host.realm();
        host.createTablesTo3(rd, RawHost.PROTECTED_TOP);
        long page = host.granule();
        return Workload.of(() -> {
            for (int i = 0; i < ENTRIES; i++) {
                host.mapUnprotected(rd, RawHost.PROTECTED_TOP + i * PAGE, page);
                host.unmapUnprotected(rd, RawHost.PROTECTED_TOP + i * PAGE);
            }
            return ENTRIES;
        });
    }
}
