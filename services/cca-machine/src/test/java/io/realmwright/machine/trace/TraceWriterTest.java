package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceWriterTest {
    private final List<String> lines = new ArrayList<>();
    private final TraceWriter writer = new TraceWriter(lines::add);

    private void writeEveryKindOfLine() {
        writer.info("2.0", "a \"test\"", 0x80000000L, 8, 0, 0, new long[] {1, -1});
        writer.note("tab\there");
        writer.call("RMI_VERSION", new long[] {0x20000}, new long[] {0, 0x20000, 0x20000, 0, 0, 7, 7, 7});
        writer.queueRsi("VERSION", 0x10000);
        writer.queueSmc(0x84000008L, 1, 2);
        writer.queueSync(0x92000007L, 0, 0x50);
        writer.queueIrq();
        writer.queueFiq();
        writer.queueRegister(30, 5);
        writer.zero(0x80001000L);
        writer.fill(0x80001000L, 3);
        writer.writeWords(0x80001000L, 8, 1, 2);
        writer.writeBytes(0x80001000L, 0x400, new byte[] {9, (byte) 0xab, 1, 9}, 1, 2);
        writer.readWords(0x80001000L, 0, 4);
        writer.measurement(0x80002000L, 4, 2, new byte[] {1, 2});
        writer.realm(0x80002000L, "ACTIVE", 1);
        writer.granule(0x80002000L, "RD", 1);
        writer.granules(List.of(new TraceWriter.Granule(2, "RD", 1), new TraceWriter.Granule(3, "RTT", 0)));
        writer.tables(0x80002000L, 1, List.of(new TraceWriter.Run(1, 0, 0x40000000L, 0, 0, 2)));
        writer.guestRead(0x80002000L, 0x1000, new byte[] {1});
        writer.guestWrite(0x80002000L, 0x1000, new byte[] {2});
    }

    @Test
    void everyLineIsWrittenAsTheFormatSays() {
        writeEveryKindOfLine();

        assertThat(lines)
                .containsExactly(
                        "{\"info\":{\"rmi\":\"2.0\",\"dram_granules\":8,\"dev_granules\":0,\"base\":\"0x80000000\","
                                + "\"dev_base\":\"0x0\",\"rmm\":\"a \\\"test\\\"\","
                                + "\"features\":[\"0x1\",\"0xffffffffffffffff\"]}}",
                        "{\"note\":\"tab\\u0009here\"}",
                        "{\"call\":\"RMI_VERSION\",\"args\":[\"0x20000\"],"
                                + "\"x\":[\"0x0\",\"0x20000\",\"0x20000\",\"0x0\",\"0x0\"]}",
                        "{\"guest_queue\":[\"rsi\",\"VERSION\",\"0x10000\"]}",
                        "{\"guest_queue\":[\"smc\",\"0x84000008\",\"0x1\",\"0x2\"]}",
                        "{\"guest_queue\":[\"sync\",\"0x92000007\",\"0x0\",\"0x50\"]}",
                        "{\"guest_queue\":[\"irq\"]}",
                        "{\"guest_queue\":[\"fiq\"]}",
                        "{\"guest_queue\":[\"setreg\",30,\"0x5\"]}",
                        "{\"zero\":\"0x80001000\"}",
                        "{\"fill\":\"0x80001000\",\"seed\":\"0x3\"}",
                        "{\"write\":\"0x80001000\",\"off\":\"0x8\",\"q\":[\"0x1\",\"0x2\"]}",
                        "{\"write\":\"0x80001000\",\"off\":\"0x400\",\"hex\":\"ab01\"}",
                        "{\"readq\":\"0x80001000\",\"off\":\"0x0\",\"data\":[\"0x4\"]}",
                        "{\"rim\":\"0x80002000\",\"slot\":4,\"algo\":2,\"value\":\"0102\"}",
                        "{\"rd\":\"0x80002000\",\"state\":\"ACTIVE\",\"rec_count\":1}",
                        "{\"gstate\":\"0x80002000\",\"state\":\"RD\",\"refcount\":1}",
                        "{\"gstates\":[[2,\"RD\",1],[3,\"RTT\",0]]}",
                        "{\"rtt\":\"0x80002000\",\"start_level\":1,"
                                + "\"runs\":[[1,\"0x0\",\"0x40000000\",0,\"0x0\",2]]}",
                        "{\"gread\":\"0x80002000\",\"ipa\":\"0x1000\",\"hex\":\"01\"}",
                        "{\"gwrite\":\"0x80002000\",\"ipa\":\"0x1000\",\"hex\":\"02\"}");
    }

    @Test
    void everyLineIsOneThatTheReplayParses() throws TraceFormatException {
        writeEveryKindOfLine();

        for (String line : lines) {
            assertThat(TraceLineParser.parse(line)).isNotNull();
        }
    }

    @Test
    void anEntryIsWrittenWithWhatTheGuestCalledAndTheWordsOfTheExit() {
        var call = new TraceWriter.GuestCall(new long[] {0xc4000190L, 1}, new long[9]);
        writer.enter(new long[] {1, 2}, new long[5], List.of(call), new long[] {2, 0, 0x99});
        writer.enter(new long[] {1, 2}, new long[] {3, 0, 0, 0, 0}, List.of(), null);

        assertThat(lines)
                .containsExactly(
                        "{\"call\":\"RMI_REC_ENTER\",\"args\":[\"0x1\",\"0x2\"],"
                                + "\"x\":[\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"],"
                                + "\"guest\":[{\"smc\":[\"0xc4000190\",\"0x1\"],\"ret\":[\"0x0\",\"0x0\",\"0x0\","
                                + "\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"]}],"
                                + "\"exit\":{\"0x0\":\"0x2\",\"0x10\":\"0x99\"}}",
                        "{\"call\":\"RMI_REC_ENTER\",\"args\":[\"0x1\",\"0x2\"],"
                                + "\"x\":[\"0x3\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"]}");
    }

    @Test
    void handlesAreCountedAsTheyAreHandedOut() {
        writer.call("RMI_REC_CREATE", new long[] {1, 2, 3}, new long[] {0x10d, 4, 0x40, 0, 0});
        writer.call("RMI_OP_MEM_DONATE", new long[] {4, 4, 0x10}, new long[] {0xd, 0x10, 0, 0, 0});
        writer.call("RMI_REC_DESTROY", new long[] {2}, new long[] {0x20d, 4, 0, 0, 0});
        writer.call("RMI_OP_CONTINUE", new long[] {4, 0}, new long[5]);
        writer.call("RMI_OP_CONTINUE", new long[] {5, 0}, new long[] {1, 0, 0, 0, 0});

        assertThat(lines)
                .containsExactly(
                        "{\"call\":\"RMI_REC_CREATE\",\"args\":[\"0x1\",\"0x2\",\"0x3\"],"
                                + "\"x\":[\"0x10d\",\"h0\",\"0x40\",\"0x0\",\"0x0\"]}",
                        "{\"call\":\"RMI_OP_MEM_DONATE\",\"args\":[\"h0\",\"0x4\",\"0x10\"],"
                                + "\"x\":[\"0xd\",\"0x10\",\"0x0\",\"0x0\",\"0x0\"]}",
                        "{\"call\":\"RMI_REC_DESTROY\",\"args\":[\"0x2\"],"
                                + "\"x\":[\"0x20d\",\"h1\",\"0x0\",\"0x0\",\"0x0\"]}",
                        "{\"call\":\"RMI_OP_CONTINUE\",\"args\":[\"h1\",\"0x0\"],"
                                + "\"x\":[\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"]}",
                        "{\"call\":\"RMI_OP_CONTINUE\",\"args\":[\"0x5\",\"0x0\"],"
                                + "\"x\":[\"0x1\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "happy_s2sz33_sl1_sha256.jsonl.gz",
                "happy_s2sz34_sl2_concat16_sha384.jsonl.gz",
                "happy_s2sz48_sl0_sha512.jsonl.gz",
                "fail_rec.jsonl.gz",
                "fail_rec2.jsonl.gz",
                "random/r30.jsonl.gz"
            })
    void whatAMachineDoesIsWrittenAsATraceThatReplays(String recording) throws Exception {
        Rerecording.write(Traces.lines(recording), writer);

        ReplayReport original = Traces.replay(Traces.lines(recording)).report();
        assertThat(Traces.replay(lines))
                .isInstanceOfSatisfying(
                        ReplayResult.Agreed.class,
                        agreed -> assertThat(agreed.report().compared()).isEqualTo(original.compared()));
    }
}
