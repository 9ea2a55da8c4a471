package io.realmwright.machine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.trace.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
    private static final String VERSION_CALL =
            "{\"call\":\"RMI_VERSION\",\"args\":[\"0x20000\"],\"x\":[\"0x0\",\"0x20000\",\"0x20000\"]}\n";

    @TempDir
    private Path directory;

    @Test
    void filesThatAgreeAreCountedByKind() throws IOException {
        Path plain = Files.write(directory.resolve("boot.jsonl"), Traces.lines("fail_boot.jsonl.gz"));
        String gzip = Traces.path("happy_s2sz33_sl1_sha256.jsonl.gz").toString();

        CommandLine run = CommandLine.run("replay", plain.toString(), gzip);

        assertThat(run).isEqualTo(new CommandLine(0, """
                        agrees   %s: 91 calls, 92 answers
                        agrees   %s: 192 calls, 256 answers

                        compared:
                          call results      283
                          guest ret          14
                          exit               16
                          rim                13
                          rd                  6
                          gstate              0
                          gstates             7
                          rtt                 4
                          readq               3
                          gread               2
                        2 files, 283 calls, 348 answers compared, 0 differ, 0 files unreadable
                        """.formatted(plain, gzip), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|: the trace holds nothing to compare",
                "{\"note\":\"nothing\"}|: the trace holds nothing to compare",
                "{\"zero\":\"g1\"}|: the trace holds nothing to compare",
                "{\"note\":\"a\"}~{\"note\":\"b\",\"by\":\"c\"}|:2: unknown key \"by\"",
                "{\"note\":\"a\"}~~{\"note\":\"b\"}|:2: not JSON, column 1: the text ends where a value should stand",
                "hello|:1: not JSON, column 1: no value here",
                "\u00ff|:1: the line is not UTF-8",
                "{\"zero\":\"g524288\"}|:1: g524288 is no page of the DRAM",
                "{\"zero\":\"g1+0x8\"}|:1: g1+0x8 is no page of the DRAM",
                "{\"zero\":\"h0\"}|:1: h0 has not been handed out",
                "{\"zero\":\"g1\"}~{\"info\":{\"dram_granules\":1,\"dev_granules\":0,\"base\":\"0x0\",\"dev_base\":\"0x0\"}}"
                        + "|:2: \"info\" stands before everything else",
                "{\"info\":{\"rmi\":\"1.1\",\"dram_granules\":1,\"dev_granules\":0,\"base\":\"0x0\",\"dev_base\":\"0x0\"}}"
                        + "|:1: RMI \"1.1\" is unknown; \"1.0\" or \"2.0\" expected",
                "{\"info\":{\"dram_granules\":0,\"dev_granules\":0,\"base\":\"0x0\",\"dev_base\":\"0x0\"}}"
                        + "|:1: DRAM of 0 granules: a machine has 1 to 268435456",
                "{\"info\":{\"dram_granules\":1,\"dev_granules\":0,\"base\":\"0x1000\",\"dev_base\":\"0x0\"}}"
                        + "|:1: DRAM at 0x1000: it lies below 2^48, aligned to 0x40000000",
                "{\"gwrite\":\"g1\",\"ipa\":\"0x0\",\"hex\":\"00\"}|:1: g1 maps no memory at the IPA 0x0"
            })
    void aFileThatIsNoTraceOrComparesNothingIsExit2(String text, String fault) throws IOException {
        Path file = directory.resolve("bad.jsonl");
        String lines = text == null ? "" : text.replace('~', '\n') + "\n";
        Files.write(file, lines.getBytes(StandardCharsets.ISO_8859_1));

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("NO TRACE " + file + fault + System.lineSeparator());
    }

    @Test
    void aMissingFileIsExit2AndTheOthersAreReplayedStill() throws IOException {
        Path good = Files.writeString(directory.resolve("good.jsonl"), VERSION_CALL);

        CommandLine run = CommandLine.run("replay", "missing.jsonl", good.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("NO TRACE missing.jsonl: no such file" + System.lineSeparator());
        assertThat(run.out()).contains("agrees   " + good + ": 1 call, 1 answer");
    }

    @Test
    void aDirectoryIsExit2() {
        assertThat(CommandLine.run("replay", directory.toString()).exit()).isEqualTo(2);
    }

    @Test
    void aDamagedGzipFileIsExit2() throws IOException {
        byte[] whole = Files.readAllBytes(Traces.path("fail_boot.jsonl.gz"));
        Path file = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("NO TRACE " + file).contains("cannot be read: ");
    }

    @Test
    void aFileThatDiffersAndIsBrokenLaterIsExit2AndShowsBoth() throws IOException {
        String wrong = VERSION_CALL.replace("\"0x0\"", "\"0x1\"");
        Path file = Files.writeString(directory.resolve("both.jsonl"), wrong + "broken\n");

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains(file + ":1: call results, RMI_VERSION 0x20000");
        assertThat(run.err()).startsWith("NO TRACE " + file + ":2: not JSON");
    }

    @Test
    void anInputThatCannotBePlayedAfterADifferenceStopsTheReplay() throws IOException {
        Path file = Files.writeString(
                directory.resolve("stopped.jsonl"),
                "{\"call\":\"RMI_RMM_ACTIVATE\",\"args\":[],\"x\":[\"0xb\"]}\n{\"zero\":\"h0\"}\n");

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("the replay stopped there: line 2: h0 has not been handed out");
    }

    @Test
    void theFirstTenDifferencesOfAFileAreShown() throws IOException {
        String wrong = VERSION_CALL.replace("\"0x0\"", "\"0x1\"");
        Path file = Files.writeString(directory.resolve("many.jsonl"), wrong.repeat(12));

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.out())
                .contains(":10: call results")
                .doesNotContain(":11: ")
                .contains("  and 2 more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''||", "fly||", "--fly||", "replay||", "replay|--fast|", "replay|x|--fast"})
    void badUsageIsExit2(String first, String second, String third) {
        String[] args = Stream.of(first, second, third)
                .filter(arg -> arg != null && !arg.isEmpty())
                .toArray(String[]::new);

        CommandLine run = CommandLine.run(args);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--help,", "--version,", "replay,--help"})
    void helpAndVersionAreExit0(String first, String second) {
        CommandLine run = second == null ? CommandLine.run(first) : CommandLine.run(first, second);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isNotEmpty();
        assertThat(run.err()).isEmpty();
    }
}
