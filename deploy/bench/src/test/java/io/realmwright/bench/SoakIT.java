package io.realmwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.processes.Progress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A minute of what {@code ./realmwright soak} does at length, and a few seconds of what {@code ./realmwright bench} does. */
class SoakIT {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void inAMinuteOfSteadyLoadNothingLeaksGetsLostOrIsAnsweredWith5xx() {
        var result = Soak.run(new SoakOptions(HOME, Duration.ofSeconds(30), 2), new Progress(System.out));

        System.out.println(result.table());
        assertThat(result.isMet()).as(result.table()).isTrue();
        assertThat(result.charts())
                .hasSize(4)
                .allSatisfy(chart -> assertThat(chart.svg()).endsWith("</svg>\n"));
    }

    @Test
    void theLaunchBenchmarkRunsToItsEnd() {
        var setting = new Setting(HOME, Duration.ofSeconds(5), 0.02, new Progress(System.out));

        var result = new LaunchBenchmark().run(setting);

        // How fast it is, is measured on purpose, not here.
        assertThat(result.figures()).extracting(Result.Figure::name).contains("launches to BOOTED, 24 clients");
    }
}
