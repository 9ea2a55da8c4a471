package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceLineParserTest {
    @Test
    void aCallIsReadWithEverythingThatHappenedInIt() throws TraceFormatException {
        TraceLine line = TraceLineParser.parse(
                "{\"call\":\"RMI_REC_ENTER\",\"args\":[\"g17\",\"d3+0x8\"],\"x\":[\"0x0\",\"h2\"],"
                        + "\"guest\":[{\"smc\":[\"0xc4000190\"],\"ret\":[" + "\"-0x1\",".repeat(8) + "\"0x7\"]}],"
                        + "\"exit\":{\"0x0\":\"0x2\",\"0x110\":\"g1\"}}");

        TraceNumber minusOne = new TraceNumber.Plain(-1);
        assertThat(line)
                .isEqualTo(new TraceLine.Call(
                        "RMI_REC_ENTER",
                        0xC400015CL,
                        List.of(new TraceNumber.Dram(17, 0), new TraceNumber.Device(3, 8)),
                        List.of(new TraceNumber.Plain(0), new TraceNumber.Handle(2)),
                        List.of(new TraceLine.GuestCall(
                                List.of(new TraceNumber.Plain(0xC4000190L)),
                                List.of(
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        minusOne,
                                        new TraceNumber.Plain(7)))),
                        Map.of(0, new TraceNumber.Plain(2), 0x110, new TraceNumber.Dram(1, 0))));
    }

    @Test
    void theOrderOfKeysDoesNotMatter() throws TraceFormatException {
        assertThat(TraceLineParser.parse("{\"refcount\":2,\"state\":\"RTT\",\"gstate\":\"g5\"}"))
                .isEqualTo(new TraceLine.Granule(new TraceNumber.Dram(5, 0), "RTT", 2));
    }

    @Test
    void aFidThatHasNoNameIsWrittenAsANumber() throws TraceFormatException {
        assertThat(TraceLineParser.parse("{\"call\":\"0xc4000170\",\"args\":[],\"x\":[]}"))
                .isEqualTo(new TraceLine.Call("0xc4000170", 0xC4000170L, List.of(), List.of(), List.of(), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"call\":\"RMI_VERSION\"|not JSON, column 22: ',' or '}' expected",
                "[]|a line must be an object, not an array",
                "{}|the object is empty",
                "{\"zero\":\"g1\",\"colour\":1}|unknown key \"colour\"",
                "{\"colour\":1,\"size\":2}|unknown keys \"colour\", \"size\"",
                "{\"zero\":\"g1\",\"fill\":\"g1\"}|unknown key \"fill\"",
                "{\"rim\":\"g1\",\"slot\":0,\"algo\":0}|the key \"value\" is missing",
                "{\"rim\":\"g1\",\"slot\":5,\"algo\":0,\"value\":\"\"}|\"slot\" must be 0…4, not 5",
                "{\"rim\":\"g1\",\"slot\":0.0,\"algo\":0,\"value\":\"\"}|\"slot\" must be a whole number from 0, not 0.0",
                "{\"rim\":\"g1\",\"slot\":0,\"algo\":0,\"value\":\"abc\"}|\"value\" is not an even number of hexadecimal digits",
                "{\"call\":\"RMI_FLY\",\"args\":[],\"x\":[]}|unknown RMI command \"RMI_FLY\"",
                "{\"call\":\"RSI_VERSION\",\"args\":[],\"x\":[]}|unknown RMI command \"RSI_VERSION\"",
                "{\"call\":\"RMI_VERSION\",\"args\":[1],\"x\":[]}|\"args\" must be a string, not 1",
                "{\"call\":\"RMI_VERSION\",\"args\":[\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\"],\"x\":[]}"
                        + "|\"args\" holds 7 numbers, at most 6 fit",
                "{\"call\":\"RMI_VERSION\",\"args\":[],\"x\":[],\"exit\":{\"0x4\":\"0x0\"}}"
                        + "|a key of \"exit\" must be a multiple of 8 below 0x800, not 0x4",
                "{\"call\":\"RMI_VERSION\",\"args\":[],\"x\":[],\"exit\":{\"0x8\":\"0x0\",\"0x08\":\"0x0\"}}"
                        + "|\"exit\" names the offset 0x08 twice",
                "{\"call\":\"RMI_VERSION\",\"args\":[],\"x\":[],\"guest\":[{\"smc\":[\"0x0\"],\"ret\":[]}]}"
                        + "|\"smc\" holds the registers from X0, \"ret\" X0…X8",
                "{\"guest_queue\":[]}|\"guest_queue\" is empty",
                "{\"guest_queue\":[\"sleep\"]}|unknown guest action \"sleep\"",
                "{\"guest_queue\":[\"rsi\",\"FLY\"]}|unknown RSI command \"FLY\"",
                "{\"guest_queue\":[\"irq\",\"0x0\"]}|\"irq\" stands alone",
                "{\"guest_queue\":[\"setreg\",31,\"0x0\"]}|\"setreg\" needs a register 0…30",
                "{\"write\":\"g1\",\"off\":\"0x0\"}|\"write\" needs \"q\" or \"hex\"",
                "{\"write\":\"g1\",\"off\":\"0x4\",\"q\":[]}|\"off\" must be a multiple of 8 below 0x1000, not 0x4",
                "{\"write\":\"g1\",\"off\":\"0xfff\",\"hex\":\"0000\"}|\"hex\" ends behind the page",
                "{\"write\":\"g1\",\"off\":\"0x0\",\"q\":[],\"hex\":\"\"}|unknown key \"hex\"",
                "{\"rd\":\"g1\",\"state\":\"HAPPY\",\"rec_count\":0}|\"HAPPY\" is no state of a realm",
                "{\"gstate\":\"g1\",\"state\":\"HAPPY\",\"refcount\":0}|\"HAPPY\" is no state of a granule",
                "{\"gstates\":[[1,\"RD\"]]}|an item of \"gstates\" has 3 values, not 2",
                "{\"gstates\":[[1,\"RD\",0],[1,\"RD\",0]]}|\"gstates\" names the granule 1 twice",
                "{\"rtt\":\"g1\",\"start_level\":4,\"runs\":[]}|\"start_level\" must be a level from -1 to 3, not 4",
                "{\"zero\":\"g-1\"}|\"g-1\" is no number: \"0x…\", \"gN\", \"dN\" or \"hN\" expected",
                "{\"zero\":\"0x10000000000000000\"}"
                        + "|\"0x10000000000000000\" is no number: \"0x…\", \"gN\", \"dN\" or \"hN\" expected",
                "{\"zero\":\"g99999999999999999999\"}|the index of \"g99999999999999999999\" does not fit 64 bits",
                "{\"zero\":\"h1+0x1\"}|\"h1+0x1\" is no handle: they are opaque and counted from h0",
                "{\"info\":{\"dram_granules\":1}}|the key \"dev_granules\" is missing",
                "{\"info\":{\"rmi\":\"3.0\",\"dram_granules\":1,\"dev_granules\":0,\"base\":\"0x0\",\"dev_base\":\"0x0\"}}"
                        + "|RMI \"3.0\" is unknown; \"1.0\" or \"2.0\" expected",
                "{\"info\":{\"vmid_bits\":8,\"dram_granules\":1,\"dev_granules\":0,\"base\":\"0x0\",\"dev_base\":\"0x0\"}}"
                        + "|unknown key \"vmid_bits\""
            })
    void whatIsNoLineOfATraceIsRefused(String line, String message) {
        assertThatThrownBy(() -> TraceLineParser.parse(line))
                .isInstanceOf(TraceFormatException.class)
                .hasMessage(message);
    }
}
