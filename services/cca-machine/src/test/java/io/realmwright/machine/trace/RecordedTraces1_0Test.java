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

class RecordedTraces1_0Test {
    /** 1 GiB aligned, and with address bit 32 set: unlike RMM 2.0 the reference has no use of its own for that bit. */
    private static final long OTHER_DRAM_BASE = 0x1201_0000_0000L;

    static List<String> recordings() {
        return Traces.names(Traces.ROOT_1_0);
    }

    /** The others map descriptors of DRAM that are written as plain numbers, and are shown them as tokens. */
    static List<String> recordingsWithoutPlainAddresses() {
        return recordings().stream()
                .filter(recording -> !recording.startsWith("fail_rtt_"))
                .toList();
    }

    @Test
    void noRecordingIsMissing() {
        assertThat(recordings()).hasSize(59);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void theMachineAnswersAsRecorded(String recording) throws IOException {
        assertThat(replay(recording, UnaryOperator.identity())).isInstanceOf(ReplayResult.Agreed.class);
    }

    @ParameterizedTest
    @MethodSource("recordingsWithoutPlainAddresses")
    void theAnswersDoNotDependOnTheAddressOfDram(String recording) throws IOException {
        assertThat(replay(recording, RecordedTraces1_0Test::elsewhere)).isInstanceOf(ReplayResult.Agreed.class);
    }

    private static TraceLine.MachineInfo elsewhere(TraceLine.MachineInfo info) {
        return new TraceLine.MachineInfo(
                info.rmi(),
                info.dramGranules(),
                info.deviceGranules(),
                OTHER_DRAM_BASE,
                info.deviceBase(),
                info.features());
    }

    private static ReplayResult replay(String recording, UnaryOperator<TraceLine.MachineInfo> machines)
            throws IOException {
        try (InputStream trace = Files.newInputStream(Traces.ROOT_1_0.resolve(recording))) {
            return Replay.onMachine(machines, recording, trace, ReplayLimits.NONE);
        }
    }
}
