package io.realmwright.machine.oracle;

import static io.realmwright.machine.oracle.Geometry.MIB_2;
import static io.realmwright.machine.oracle.Geometry.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws calls about the protected half of a realm: most of them plausible, so that tables, blocks, folds and every
 * RIPAS come up, and a few with each argument out of bounds.
 */
public final class RandomCalls {
    private static final int SINGLE = 1;
    private static final int LIST = 2;
    private static final long[] PAGES_IN_BLOCK = {0, 0, 0, 1, 2, 3, 255, 510, 511};
    private static final long[] LENGTHS = {PAGE, PAGE, 2 * PAGE, 8 * PAGE, MIB_2, MIB_2, 2 * MIB_2, Geometry.GIB};

    private final RandomGenerator random;
    private final NaiveRealm realm;
    private final Platform platform;
    private final long[] blocks;

    /**
     * Addresses that calls are about.
     *
     * @param granules DRAM from here on, granules of the host among them
     * @param dramGranules its size
     * @param listPage a page of the host for descriptors
     */
    public record Platform(
            int ipaBits, long rd, long rec, long source, long listPage, long granules, int dramGranules) {}

    /** @param blocks where in the window calls happen, 2 MiB aligned */
    public RandomCalls(RandomGenerator random, NaiveRealm realm, Platform platform, long... blocks) {
        this.random = random;
        this.realm = realm;
        this.platform = platform;
        this.blocks = blocks.clone();
    }

    public Call next() {
        long rd = random.nextInt(200) == 0 ? granule() : platform.rd();
        int kind = random.nextInt(100);
        if (kind < 14) {
            return Call.of("RMI_RTT_CREATE", rd, granule(), tableIpa(), level());
        } else if (kind < 20) {
            return Call.of("RMI_RTT_DESTROY", rd, tableIpa(), level());
        } else if (kind < 28) {
            return Call.of("RMI_RTT_FOLD", rd, tableIpa(), level());
        } else if (kind < 34) {
            return Call.of("RMI_RTT_READ_ENTRY", rd, tableIpa(), level());
        } else if (kind < 46) {
            long base = ipa();
            return Call.of("RMI_RTT_INIT_RIPAS", rd, base, top(base));
        } else if (kind < 58) {
            return setRipas(rd);
        } else if (kind < 70) {
            return Call.of(
                    "RMI_RTT_DATA_MAP_INIT", rd, granule(), ipa(), platform.source(), rarely(2, random.nextInt(2)));
        } else if (kind < 86) {
            return map(rd);
        }
        return kind < 98 ? unmap(rd) : life(rd);
    }

    private Call life(long rd) {
        return switch (random.nextInt(90)) {
            case 0 -> Call.of("RMI_REALM_ACTIVATE", rd);
            case 1 -> Call.of(random.nextInt(4) == 0 ? "RMI_REALM_TERMINATE" : "RMI_REALM_ACTIVATE", rd);
            default -> Call.of("RMI_RTT_FOLD", rd, blocks[random.nextInt(blocks.length)], 3);
        };
    }

    private Call setRipas(long rd) {
        if (!realm.isAsked() && random.nextInt(8) != 0) {
            return next();
        }
        long base = random.nextInt(8) == 0 ? ipa() : realm.cursorOfRequest();
        long top = random.nextInt(3) == 0 ? top(base) : realm.topOfRequest();
        return Call.of("RMI_RTT_SET_RIPAS", rd, platform.rec(), base, top);
    }

    /** Contents for a few pages, or for a whole block that then folds. */
    private Call map(long rd) {
        long base = ipa();
        int kind = random.nextInt(10);
        if (kind == 0) {
            base = blocks[random.nextInt(blocks.length)];
            // One page off, the block is as contiguous, and yet does not fold.
            long offset = random.nextInt(3) == 0 ? PAGE : 0;
            return Call.of("RMI_RTT_DATA_MAP", rd, base, base + MIB_2, SINGLE, region(3, 512) + offset);
        } else if (kind == 1) {
            base = blocks[random.nextInt(blocks.length)];
            return Call.of("RMI_RTT_DATA_MAP", rd, base, base + MIB_2, SINGLE, region(2, 1 + random.nextInt(2)));
        } else if (kind < 7) {
            long word = range(rarely(2, 3)).word();
            return Call.of("RMI_RTT_DATA_MAP", rd, base, top(base), SINGLE, word);
        }
        List<Long> words = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            words.add(range(rarely(2, 3)).word());
            if (random.nextInt(6) == 0) {
                words.add(new Range(granule(), 3, 0, true).word());
            }
        }
        return Call.of("RMI_RTT_DATA_MAP", rd, base, top(base), LIST | (long) words.size() << 2, platform.listPage())
                .withList(words);
    }

    private Range range(long level) {
        long address = granule() & -PAGE;
        return new Range(address, (int) level, 1 + random.nextInt(4), random.nextInt(40) != 0);
    }

    /** A 2 MiB region of DRAM, by pages or in one piece. */
    private long region(int level, int blocksOfIt) {
        long address = platform.granules() + random.nextInt(3) * MIB_2;
        return new Range(address, level, blocksOfIt, true).word();
    }

    private Call unmap(long rd) {
        if (random.nextInt(5) == 0) {
            long block = blocks[random.nextInt(blocks.length)];
            return Call.of("RMI_RTT_DATA_UNMAP", rd, block, block + MIB_2, random.nextInt(2), 0);
        }
        long base = ipa();
        int type = random.nextInt(3);
        long count = type == LIST ? 1 + random.nextInt(6) : rarely(1, 0);
        long address = type == LIST ? platform.listPage() : rarely(PAGE, 0);
        return Call.of("RMI_RTT_DATA_UNMAP", rd, base, top(base), rarely(3, type) | count << 2, address);
    }

    /** Mostly one of the few granules that no region of 2 MiB needs. */
    private long granule() {
        int beyondRegions = 3 * 512;
        int kind = random.nextInt(40);
        if (kind == 0) {
            return platform.granules() + 8;
        } else if (kind == 1) {
            return platform.granules() + (long) platform.dramGranules() * PAGE;
        } else if (kind == 2) {
            return platform.granules() + random.nextInt(beyondRegions) * PAGE;
        }
        return platform.granules() + (beyondRegions + random.nextInt(64)) * PAGE;
    }

    private long ipa() {
        long within =
                blocks[random.nextInt(blocks.length)] + PAGES_IN_BLOCK[random.nextInt(PAGES_IN_BLOCK.length)] * PAGE;
        return switch (random.nextInt(50)) {
            case 0 -> within + 8;
            case 1 -> 1L << (platform.ipaBits() - 1);
            case 2 -> 1L << platform.ipaBits();
            case 3 -> -PAGE;
            default -> within;
        };
    }

    /** Where a table may be; the unprotected half has tables too, but is not written down. */
    private long tableIpa() {
        long block = blocks[random.nextInt(blocks.length)];
        return switch (random.nextInt(40)) {
            case 0 -> block + PAGE;
            case 1 -> 1L << platform.ipaBits();
            case 2 -> Long.MIN_VALUE;
            case 3, 4, 5, 6 -> Math.max(Geometry.alignDown(block, Geometry.GIB), realm.pages.base);
            default -> block;
        };
    }

    private long level() {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return new long[] {-1, 0, 4, 1L << 32 | 3, Long.MIN_VALUE}[random.nextInt(5)];
        }
        return kind < 10 ? 2 : 3;
    }

    /** The end of a range, never beyond the window unless the range is wrong altogether. */
    private long top(long base) {
        long top = Math.min(base + LENGTHS[random.nextInt(LENGTHS.length)], realm.pages.top);
        return switch (random.nextInt(40)) {
            case 0 -> base;
            case 1 -> base - PAGE;
            case 2 -> top + 8;
            case 3 -> (1L << (platform.ipaBits() - 1)) + PAGE;
            case 4 -> Long.MIN_VALUE;
            default -> top;
        };
    }

    private long rarely(long unusual, long usual) {
        return random.nextInt(20) == 0 ? unusual : usual;
    }

    /** What a guest asks for: base, top, RIPAS and flags. */
    public long[] guestRequest() {
        long base = ipa();
        return new long[] {base, top(base), rarely(2, random.nextInt(2)), rarely(3, random.nextInt(2))};
    }
}
