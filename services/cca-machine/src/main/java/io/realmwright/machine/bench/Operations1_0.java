package io.realmwright.machine.bench;

import static io.realmwright.machine.bench.Operation.AT_LEAST;
import static io.realmwright.machine.bench.Operation.FIVE_TIMES;
import static io.realmwright.machine.bench.Operation.FOUR_TIMES;
import static io.realmwright.machine.bench.Operation.WITHIN_TWICE;
import static io.realmwright.machine.bench.RawHost.ENTRIES;
import static io.realmwright.machine.bench.RawHost.PAGE;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The operations of RMM 1.0 that the reference was timed at. */
final class Operations1_0 {
    private Operations1_0() {}

    static List<Operation> all() {
        return List.of(
                new Operation(
                        "1.0 GRANULE_DELEGATE (scrubs 4 KiB)",
                        1409,
                        WITHIN_TWICE,
                        on(host -> Workloads.delegate(host, true))),
                new Operation("1.0 GRANULE_UNDELEGATE", 124, AT_LEAST, on(host -> Workloads.undelegate(host, false))),
                new Operation("1.0 INIT_RIPAS, per entry (each measured)", 1163, AT_LEAST, declare(ENTRIES)),
                new Operation("1.0 INIT_RIPAS of 1 GiB by 2 MiB entries", 604669, AT_LEAST, declare(1)),
                new Operation("1.0 RTT_CREATE level 3", 899, AT_LEAST, on(Workloads::createTable)),
                new Operation("1.0 RTT_FOLD level 3", 1699, AT_LEAST, on(Workloads::foldTable)),
                new Operation("1.0 READ_ENTRY level 3", 522, FIVE_TIMES, on(host -> Workloads.readEntry(host, 3))),
                new Operation("1.0 DATA_CREATE, not measured", 2680, FIVE_TIMES, populate(false)),
                new Operation("1.0 DATA_CREATE, measured (SHA-256)", 16520, FOUR_TIMES, populate(true)),
                new Operation("1.0 DATA_CREATE_UNKNOWN", 555, FIVE_TIMES, Operations1_0::map),
                new Operation("1.0 DATA_DESTROY", 1965, FIVE_TIMES, Operations1_0::unmap),
                new Operation(
                        "1.0 MAP_UNPROTECTED + UNMAP_UNPROTECTED pair", 1228, FIVE_TIMES, Operations1_0::unprotected));
    }

    private static Supplier<Workload> on(Function<RawHost, Workload> workload) {
        return () -> workload.apply(new RawHost1_0());
    }

    /** 1 GiB, entry by entry of 2 MiB. */
    private static Supplier<Workload> declare(int operationsPerCall) {
        return on(host -> Workloads.declare(host, 2, operationsPerCall));
    }

    private static Supplier<Workload> populate(boolean measured) {
        return on(host -> Workloads.populate(host, measured));
    }

    private static Workload map() {
        var pages = new MappedPages();
        pages.map();
        return Workload.of(pages::unmap, pages::map);
    }

    private static Workload unmap() {
        var pages = new MappedPages();
        return Workload.of(pages::map, pages::unmap);
    }

    private static final class MappedPages {
        private final RawHost1_0 host = new RawHost1_0();
        private final long rd = host.realm();
        private final long data = host.delegated(ENTRIES);

        MappedPages() {
            host.createTablesTo3(rd, 0);
        }

        int map() {
            host.map(rd, 0, data, ENTRIES);
            return ENTRIES;
        }

        int unmap() {
            host.unmap(rd, 0, ENTRIES);
            return ENTRIES;
        }
    }

    private static Workload unprotected() {
        var host = new RawHost1_0();
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
