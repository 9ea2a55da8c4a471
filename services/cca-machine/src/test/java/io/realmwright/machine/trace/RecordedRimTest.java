package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recorded RIMs against a calculation from what the host is recorded to have done; no machine is asked. */
@Execution(ExecutionMode.CONCURRENT)
class RecordedRimTest {
    @Test
    void everyRimOfRmm2_0IsWhatTheReferenceSays() throws Exception {
        assertThat(rims(Traces.ROOT_2_0)).isEqualTo(1_072);
    }

    @Test
    void everyRimOfRmm1_0IsWhatTheReferenceSays() throws Exception {
        assertThat(rims(Traces.ROOT_1_0)).isEqualTo(1_475);
    }

    private static long rims(Path root) throws Exception {
        long compared = 0;
        for (String recording : Traces.names(root)) {
            compared += RecordedRims.compare(root, recording);
        }
        return compared;
    }
}
