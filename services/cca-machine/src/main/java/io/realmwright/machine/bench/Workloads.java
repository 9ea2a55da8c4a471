package io.realmwright.machine.bench;

import static io.realmwright.machine.bench.RawHost.ENTRIES;
import static io.realmwright.machine.bench.RawHost.GIB;
import static io.realmwright.machine.bench.RawHost.PAGE;
import static io.realmwright.machine.bench.RawHost.TABLE_BYTES;

/** What is done alike on either revision. */
final class Workloads {
    /** Calls of a run whose calls leave nothing behind. */
    private static final int CALLS = 8192;

    private Workloads() {}

    /** One call, with one argument, over and over; refused or not. */
    static Workload repeat(RawHost host, long fid, long argument) {
        return Workload.of(() -> {
            for (int i = 0; i < CALLS; i++) {
                host.call(fid, argument, 0, 0, 0, 0);
            }
            return CALLS;
        });
    }

    /** @param contents whether the host has written to the granules before */
    static Workload delegate(RawHost host, boolean contents) {
        long first = host.delegated(ENTRIES);
        Runnable reset = () -> {
            host.undelegate(first, ENTRIES);
            if (contents) {
                host.write(first, ENTRIES);
            }
        };
        return Workload.of(reset, () -> {
            host.delegate(first, ENTRIES);
            return ENTRIES;
        });
    }

    /** @param contents whether the host wrote to the granules before it delegated them */
    static Workload undelegate(RawHost host, boolean contents) {
        long first = host.granules(ENTRIES);
        Runnable reset = () -> {
            if (contents) {
                host.write(first, ENTRIES);
            }
            host.delegate(first, ENTRIES);
        };
        return Workload.of(reset, () -> {
            host.undelegate(first, ENTRIES);
            return ENTRIES;
        });
    }

    /** There and back, a granule at a time, through {@code granules} neighbours. */
    static Workload delegatePair(RawHost host, int granules) {
        long first = host.granules(granules);
        return Workload.of(() -> {
            for (int i = 0; i < granules; i++) {
                host.delegate(first + i * PAGE, 1);
                host.undelegate(first + i * PAGE, 1);
            }
            return granules;
        });
    }

    static Workload createTable(RawHost host) {
        var tables = new FoldedTables(host);
        tables.create();
        return Workload.of(tables::fold, tables::create);
    }

    static Workload foldTable(RawHost host) {
        var tables = new FoldedTables(host);
        return Workload.of(tables::create, tables::fold);
    }

    /** A level-2 table of declared RAM whose entries become tables, and entries again. */
    private static final class FoldedTables {
        private final RawHost host;
        private final long rd;
        private final long granules;

        FoldedTables(RawHost host) {
            this.host = host;
            this.rd = host.realm();
            this.granules = host.delegated(ENTRIES);
            host.createTable(rd, host.delegated(), 0, 2);
            host.initRipas(rd, 0, GIB);
        }

        int create() {
            for (int i = 0; i < ENTRIES; i++) {
                host.createTable(rd, granules + i * PAGE, i * TABLE_BYTES, 3);
            }
            return ENTRIES;
        }

        int fold() {
            for (int i = 0; i < ENTRIES; i++) {
                host.foldTable(rd, i * TABLE_BYTES, 3);
            }
            return ENTRIES;
        }
    }

    /**
     * Declares tables full of fresh entries at {@code level}, a table a call.
     *
     * @param operations what a call counts as
     */
    static Workload declare(RawHost host, int level, int operations) {
        var tables = new FreshTables(host, level);
        tables.create();
        Runnable reset = () -> {
            tables.destroy();
            tables.create();
        };
        return Workload.of(reset, () -> tables.declare() * operations);
    }

    /** A realm of undeclared tables. What is declared stays declared, so it is built anew each time. */
    private static final class FreshTables {
        private static final int TABLES = 64;

        private final RawHost host;
        private final int level;
        private final long bytes;
        private final long rd;
        private final long params;
        private final long parent;
        private final long granules;

        FreshTables(RawHost host, int level) {
            this.host = host;
            this.level = level;
            this.bytes = level == 2 ? GIB : TABLE_BYTES;
            this.rd = host.delegated();
            this.params = host.realmParams(host.delegated());
            this.parent = host.delegated();
            this.granules = host.delegated(TABLES);
        }

        void create() {
            host.createRealm(rd, params);
            if (level == 3) {
                host.createTable(rd, parent, 0, 2);
            }
            for (int i = 0; i < TABLES; i++) {
                host.createTable(rd, granules + i * PAGE, i * bytes, level);
            }
        }

        void destroy() {
            for (int i = 0; i < TABLES; i++) {
                host.destroyTable(rd, i * bytes, level);
            }
            if (level == 3) {
                host.destroyTable(rd, 0, 2);
            }
            host.destroyRealm(rd);
        }

        int declare() {
            for (int i = 0; i < TABLES; i++) {
                host.initRipas(rd, i * bytes, (i + 1) * bytes);
            }
            return TABLES;
        }
    }

    static Workload readEntry(RawHost host, int level) {
        long rd = host.realm();
        host.createTablesTo3(rd, 0);
        long step = level == 3 ? PAGE : TABLE_BYTES;
        return Workload.of(() -> {
            for (int i = 0; i < CALLS; i++) {
                host.readEntry(rd, i % ENTRIES * step, level);
            }
            return CALLS;
        });
    }

    static Workload populate(RawHost host, boolean measured) {
        long rd = host.realm();
        host.createTablesTo3(rd, 0);
        long data = host.delegated(ENTRIES);
        long source = host.granule();
        host.write(source, 1);
        Workload populate = Workload.of(() -> {
            for (int i = 0; i < ENTRIES; i++) {
                host.populate(rd, data + i * PAGE, i * PAGE, source, measured);
            }
            return ENTRIES;
        });
        populate.run();
        return Workload.of(() -> host.unmap(rd, 0, ENTRIES), populate::run);
    }
}
