package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedTracesTest {
    /** 1 GiB aligned, with address bit 32 clear, as every base that the reference was recorded at. */
    private static final long OTHER_DRAM_BASE = 0x1200_0000_0000L;

    private static final long OTHER_DEVICE_BASE = 0x2e00_0000_0000L;

    static List<String> recordings() {
        return Traces.names();
    }

    @Test
    void noRecordingIsMissing() {
        assertThat(recordings()).hasSize(52);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theMachineAnswersAsRecorded(String recording) throws IOException {
        assertThat(replay(recording, UnaryOperator.identity())).isInstanceOf(ReplayResult.Agreed.class);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theAnswersDoNotDependOnTheAddressOfDram(String recording) throws IOException {
        assertThat(replay(recording, RecordedTracesTest::elsewhere)).isInstanceOf(ReplayResult.Agreed.class);
    }

    private static TraceLine.MachineInfo elsewhere(TraceLine.MachineInfo info) {
        return new TraceLine.MachineInfo(
                info.rmi(),
                info.dramGranules(),
                info.deviceGranules(),
                OTHER_DRAM_BASE,
                OTHER_DEVICE_BASE,
                info.features());
    }

    private static ReplayResult replay(String recording, UnaryOperator<TraceLine.MachineInfo> machines)
            throws IOException {
        try (InputStream trace = Files.newInputStream(Traces.path(recording))) {
            return Replay.onMachine(machines, recording, trace, ReplayLimits.NONE);
        }
    }
}
