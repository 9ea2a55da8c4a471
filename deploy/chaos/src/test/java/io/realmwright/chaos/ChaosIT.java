package io.realmwright.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.processes.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A short run of what {@code ./realmwright chaos} does at length. */
class ChaosIT {
    private static final long SEED = 1;

    @Test
    void afterARoundOfTroubleNothingIsLostLeakedOrLaunchedTwice() {
        var home = Path.of("../..").toAbsolutePath().normalize();
        var report = ChaosRun.run(
                new Options(home, SEED, Duration.ofSeconds(20), Optional.empty()), new Progress(System.out));

        assertThat(report.isClean()).as(report.table()).isTrue();
        assertThat(report.injected()).isNotEmpty();
    }
}
