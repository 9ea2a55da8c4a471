package io.realmwright.machine.rmm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhysicalMemoryTest {
    private static final long BASE = 1L << 39;
    private static final int PAGE = 4096;
    private static final int GRANULES = 6;

    private final PhysicalMemory memory = new PhysicalMemory(BASE, GRANULES);

    private static long address(int granule) {
        return BASE + (long) granule * PAGE;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_125})
    void everyPageReadsAsIfEachHadBytesOfItsOwn(long seed) {
        var random = new Random(seed);
        byte[] image = new byte[3 * PAGE];
        random.nextBytes(image);
        byte[] pristine = image.clone();
        byte[][] expected = new byte[GRANULES][PAGE];

        for (int step = 0; step < 5000; step++) {
            int granule = random.nextInt(GRANULES);
            int other = random.nextInt(GRANULES);
            switch (random.nextInt(6)) {
                case 0 -> {
                    memory.copyGranule(address(other), address(granule));
                    expected[granule] = expected[other].clone();
                }
                case 1 -> {
                    int offset = random.nextInt(image.length - PAGE);
                    memory.lend(address(granule), image, offset);
                    expected[granule] = Arrays.copyOfRange(image, offset, offset + PAGE);
                }
                case 2 -> {
                    memory.zeroGranule(address(granule));
                    expected[granule] = new byte[PAGE];
                }
                case 3 -> {
                    int last = Math.max(granule, other);
                    int first = Math.min(granule, other);
                    memory.zeroGranules(address(first), last - first);
                    Arrays.setAll(expected, i -> first <= i && i < last ? new byte[PAGE] : expected[i]);
                }
                case 4 -> {
                    byte[] some = new byte[random.nextInt(PAGE)];
                    random.nextBytes(some);
                    int offset = random.nextInt(PAGE - some.length);
                    memory.write(address(granule) + offset, some, 0, some.length);
                    System.arraycopy(some, 0, expected[granule], offset, some.length);
                }
                default -> {
                    int offset = Long.BYTES * random.nextInt(PAGE / Long.BYTES);
                    byte value = (byte) random.nextInt();
                    memory.writeWord(address(granule) + offset, value & 0xff);
                    Arrays.fill(expected[granule], offset, offset + Long.BYTES, (byte) 0);
                    expected[granule][offset] = value;
                }
            }
            assertThat(contents()).as("seed %d, step %d", seed, step).isDeepEqualTo(expected);
        }
        assertThat(image).as("what was lent is never written").isEqualTo(pristine);
    }

    private byte[][] contents() {
        byte[][] contents = new byte[GRANULES][PAGE];
        for (int granule = 0; granule < GRANULES; granule++) {
            memory.read(address(granule), contents[granule], 0, PAGE);
        }
        return contents;
    }

    @Test
    void outsideDramAreZerosThatStay() {
        for (long address : new long[] {BASE - PAGE, address(GRANULES), 0, Long.MIN_VALUE}) {
            memory.writeWord(address, 1);
            memory.write(address, new byte[] {1}, 0, 1);
            memory.lend(address, new byte[PAGE], 0);
            memory.copyGranule(address(0), address);

            assertThat(memory.readWord(address)).as("0x%x", address).isZero();
        }
    }

    @Test
    void aCopyOfWhatIsOutsideDramIsZeros() {
        memory.writeWord(address(0), 1);

        memory.copyGranule(address(GRANULES), address(0));

        assertThat(memory.readWord(address(0))).isZero();
    }
}
