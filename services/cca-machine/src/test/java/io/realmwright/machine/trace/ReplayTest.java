package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final String VERSION_CALL =
            "{\"call\":\"RMI_VERSION\",\"args\":[\"0x20000\"],\"x\":[\"0x0\",\"0x20000\",\"0x20000\"]}";

    @Test
    void theInfoLineSaysWhatMachineItIs() {
        ReplayResult result = Traces.replay(
                "{\"info\":{\"dram_granules\":262144,\"dev_granules\":0,\"base\":\"0x80000000\",\"dev_base\":\"0x0\","
                        + "\"rmi\":\"2.0\",\"rmm\":\"a test\",\"features\":[\"0x104030\",\"0x142a9\",\"0x7\"]}}",
                "{\"call\":\"RMI_FEATURES\",\"args\":[\"0x0\"],\"x\":[\"0x0\",\"0x104030\"]}",
                "{\"call\":\"RMI_FEATURES\",\"args\":[\"0x2\"],\"x\":[\"0x0\",\"0x7\"]}",
                "{\"call\":\"RMI_FEATURES\",\"args\":[\"0x4\"],\"x\":[\"0x0\",\"0x0\"]}",
                "{\"call\":\"RMI_RMM_ACTIVATE\",\"args\":[],\"x\":[\"0x0\"]}",
                "{\"call\":\"RMI_GRANULE_RANGE_DELEGATE\",\"args\":[\"g262143\",\"g262144\"],\"x\":[\"0x0\",\"0xc0000000\"]}",
                "{\"call\":\"RMI_GRANULE_RANGE_DELEGATE\",\"args\":[\"g262144\",\"g262145\"],\"x\":[\"0x1\",\"g262144\"]}");

        assertThat(result).isInstanceOf(ReplayResult.Agreed.class);
    }

    @Test
    void aRegisterThatTheGuestSetsIsSeenByTheHost() {
        List<String> lines = Traces.lines("fail_rec2.jsonl.gz");
        int write = Traces.lineWith(lines, "\"sync\",\"0x93c08047\"");
        lines.set(write, lines.get(write).replace("0xffffffffffffffff", "0x77"));
        lines.add(write - 1, "{\"guest_queue\":[\"setreg\",0,\"0x77\"]}");

        assertThat(Traces.replay(lines)).isInstanceOf(ReplayResult.Agreed.class);
    }

    @Test
    void anSmcOfARecThatIsGoneIsForgotten() {
        List<String> lines = Traces.lines("happy_s2sz33_sl1_sha256.jsonl.gz");
        int activation = Traces.lineWith(lines, "RMI_RMM_ACTIVATE");
        List<String> secondLife = List.copyOf(lines.subList(activation, lines.size()));
        lines.addAll(secondLife); // the REC that called SYSTEM_OFF in the first life runs again

        assertThat(Traces.replay(lines)).isInstanceOf(ReplayResult.Agreed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000, 1000, 2, the trace has more than the 1 lines allowed",
        "1000, 100, 1000, 2, the trace has more than the 100 bytes allowed",
        "1000, 1000, 1, 2, the replay needs more than the 1 steps of work allowed"
    })
    void limitsAreKept(long lines, long bytes, long steps, long line, String reason) {
        ReplayResult result = Traces.replay(List.of(VERSION_CALL, VERSION_CALL), new ReplayLimits(lines, bytes, steps));

        assertThat(result).isInstanceOfSatisfying(ReplayResult.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(reason);
            assertThat(unreadable.line()).isLessThanOrEqualTo(line);
        });
    }

    @Test
    void theLimitOfBytesHoldsForWhatAGzipFileUnpacksTo() throws IOException {
        byte[] packed = Files.readAllBytes(Traces.path("fail_rtt_s2sz39_sl1.jsonl.gz"));

        ReplayResult result =
                Replay.of("packed", new ByteArrayInputStream(packed), new ReplayLimits(100_000, 100_000, 100_000));

        assertThat(packed).hasSizeLessThan(100_000);
        assertThat(result)
                .isInstanceOfSatisfying(
                        ReplayResult.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason())
                                .isEqualTo("the trace has more than the 100000 bytes allowed"));
    }

    /** A dump of tables and a list of granules are work too. */
    @Test
    void dumpsCountAsWork() {
        List<String> lines = Traces.lines("happy_s2sz33_sl1_sha256.jsonl.gz");

        assertThat(Traces.replay(lines, new ReplayLimits(1_000, 1_000_000, 1_000)))
                .isInstanceOf(ReplayResult.Unreadable.class);
        assertThat(Traces.replay(lines, new ReplayLimits(1_000, 1_000_000, 100_000)))
                .isInstanceOf(ReplayResult.Agreed.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedTracesHaveAResultAndNeverThrow(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> recording = Traces.lines(Traces.names().get(random.nextInt(12)));
        var limits = new ReplayLimits(20_000, 10_000_000, 1_000_000);

        for (int i = 0; i < 40; i++) {
            byte[] text = String.join("\n", damaged(recording, random)).getBytes(StandardCharsets.UTF_8);
            ReplayResult result = Replay.of("damaged", new ByteArrayInputStream(text), limits);

            assertThat(result.report().lines()).as("seed %d, trace %d", seed, i).isPositive();
        }
    }

    /** Drops, doubles and moves lines, and exchanges values between them: mostly a trace still, of another history. */
    private static List<String> damaged(List<String> recording, RandomGenerator random) {
        List<String> lines = new ArrayList<>(recording);
        for (int i = 0; i < 10; i++) {
            int at = random.nextInt(1, lines.size());
            String other = lines.get(random.nextInt(1, lines.size()));
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, other);
                case 2 -> lines.set(at, other);
                case 3 ->
                    lines.set(
                            at, lines.get(at).replaceFirst("0x[0-9a-f]+", "0x" + Long.toHexString(random.nextLong())));
                default -> lines.set(at, lines.get(at).replaceFirst("g[0-9]+", "g" + random.nextInt(600)));
            }
        }
        return lines;
    }
}
