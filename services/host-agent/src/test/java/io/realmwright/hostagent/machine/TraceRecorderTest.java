package io.realmwright.hostagent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {
    @Test
    void chunksPutOneAfterTheOtherAreOneTrace() throws IOException {
        var recorder = new TraceRecorder(1_000);

        recorder.line("{\"call\":\"RMI_REALM_CREATE\"}");
        var first = recorder.drain();
        recorder.line("{\"note\":\"später\"}");
        recorder.line("{\"call\":\"RMI_REALM_DESTROY\"}");
        var second = recorder.drain();

        assertThat(first.firstLine()).isZero();
        assertThat(first.lines()).isOne();
        assertThat(second.firstLine()).isOne();
        assertThat(second.lines()).isEqualTo(2);
        assertThat(lines(first, second))
                .containsExactly(
                        "{\"call\":\"RMI_REALM_CREATE\"}", "{\"note\":\"später\"}", "{\"call\":\"RMI_REALM_DESTROY\"}");
    }

    @Test
    void aChunkOfNoLinesHasNoBytes() {
        var recorder = new TraceRecorder(1_000);
        recorder.line("{}");
        recorder.drain();

        var chunk = recorder.drain();

        assertThat(chunk.firstLine()).isOne();
        assertThat(chunk.lines()).isZero();
        assertThat(chunk.sizeBytes()).isZero();
        assertThat(chunk.gzip()).isEmpty();
    }

    @Test
    void theCutIsMarkedOnceAndCallsAreCountedBeyondIt() throws IOException {
        var line = "{\"call\":\"RMI_REC_ENTER\"}";
        var recorder = new TraceRecorder(2L * (line.length() + 1));

        for (int i = 0; i < 5; i++) {
            recorder.line(line);
        }

        assertThat(lines(recorder.drain()))
                .containsExactly(line, line, "{\"note\":\"cut here: a trace is kept up to 50 bytes\"}");
        assertThat(recorder.rmiCalls()).containsOnly(Map.entry("RMI_REC_ENTER", 5L));
    }

    @Test
    void onlyCallsOfTheRealmAreCounted() {
        var recorder = new TraceRecorder(1_000);

        recorder.line("{\"info\":{\"rmi\":\"2.0\"}}");
        recorder.line("{\"call\":\"RMI_RMM_ACTIVATE\",\"args\":[],\"x\":[]}");
        recorder.line("{\"call\":\"RMI_REALM_CREATE\",\"args\":[],\"x\":[]}");
        recorder.line("{\"guest_queue\":[\"smc\",\"RMI_REALM_CREATE\"]}");

        assertThat(recorder.rmiCalls()).containsOnly(Map.entry("RMI_REALM_CREATE", 1L));
    }

    private static List<String> lines(TraceChunk... chunks) throws IOException {
        var whole = new ByteArrayOutputStream();
        for (TraceChunk chunk : chunks) {
            whole.write(chunk.gzip());
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(whole.toByteArray()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
