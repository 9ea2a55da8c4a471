package io.realmwright.machine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.machine.trace.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayDifferenceTest {
    private static final String HAPPY = "happy_s2sz33_sl1_sha256.jsonl.gz";

    @TempDir
    private Path directory;

    /** Each row changes one recorded value in the first line that holds it. */
    @ParameterizedTest(name = "{0}: {2} instead of {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    call results | "x":["0x0","0x3","0x1","g517"     | "x":["0x0","0x3","0x1","g518"     | happy
                    call results | "x":["0x0","g17","0x0","0x0","0x0"]   | "x":["0x0"]                       | happy
                    guest ret    | "ret":["0x0","0x10000","0x10001"  | "ret":["0x0","0x10000","0x10002"  | happy
                    guest ret    | "smc":["0xc4000190","0x10000"]    | "smc":["0xc4000190"]              | happy
                    exit         | "0x508":"0x403000"                | "0x508":"0x402000"                | happy
                    exit         | ,"0x510":"0x1"}                   | }                                 | happy
                    exit         | "exit":{"0x0":"0x2"}              | "exit":{"0x0":"0x2","0x7f8":"0x1"} | happy
                    rim          | "value":"39ad630fb9d2019f         | "value":"39ad630fb9d2019e         | happy
                    rim          | "slot":0,"algo":0                 | "slot":0,"algo":1                 | happy
                    rd           | "state":"NEW","rec_count":0       | "state":"NEW","rec_count":1       | happy
                    rd           | "state":"ACTIVE","rec_count":2    | "state":"ZOMBIE","rec_count":2    | happy
                    gstate       | "state":"DELEGATED","refcount":0  | "state":"DELEGATED","refcount":1  | fail_rec
                    gstates      | [17,"DELEGATED",0],               |                                   | happy
                    gstates      | [32,"RTT",0]]                     | [32,"RTT",0],[33,"RTT",0]]        | happy
                    rtt          | [3,"0x200000","0x401000",0,"0x0",1] | [3,"0x200000","0x401000",0,"0x0",0] | happy
                    rtt          | ,[1,"0x40000000","0x200000000",0,"0x0",0]] | ]                        | happy
                    rtt          | "start_level":1                   | "start_level":2                   | happy
                    readq        | "data":["0x0","0x0"               | "data":["0x0","0x1"               | fail_boot
                    gread        | "hex":"210000000000000000f3b0      | "hex":"210000000000000000f3b1      | happy
                    """)
    void oneChangedValueIsFound(String kind, String recorded, String changed, String trace) throws IOException {
        List<String> lines = Traces.lines(trace.equals("happy") ? HAPPY : trace + ".jsonl.gz");
        int line = Traces.lineWith(lines, recorded);
        lines.set(line - 1, lines.get(line - 1).replace(recorded, changed == null ? "" : changed));
        Path file = Files.write(directory.resolve("changed.jsonl"), lines);

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("  " + file + ":" + line + ": " + kind + ", ")
                .contains(", 1 differ, ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aDifferenceNamesFileLineCallExpectedAndActual() throws IOException {
        List<String> lines = Traces.lines(HAPPY);
        int line = Traces.lineWith(lines, "\"RMI_RTT_READ_ENTRY\",\"args\":[\"g16\",\"0x403000\",\"0x3\"]");
        lines.set(line - 1, lines.get(line - 1).replace("\"g517\"", "\"g518\""));
        Path file = Files.write(directory.resolve("changed.jsonl"), lines);

        CommandLine run = CommandLine.run("replay", file.toString());

        assertThat(run.out()).startsWith("""
                        DIFFERS  %1$s: 192 calls, 1 of 256 answers
                          %1$s:%2$d: call results, RMI_RTT_READ_ENTRY g16 0x403000 0x3
                            expected ["0x0","0x3","0x1","g518","0x1"]
                            actual   ["0x0","0x3","0x1","g517","0x1"]
                        """.formatted(file, line));
    }
}
