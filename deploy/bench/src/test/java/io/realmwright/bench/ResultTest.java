package io.realmwright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmwright.processes.LocalRunException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What is printed and drawn; what is measured is never asserted. */
class ResultTest {
    @Test
    void percentilesAreThoseOfTheSortedTimes() {
        var latencies = new Latencies();
        for (int millis = 100; millis >= 1; millis--) {
            latencies.add(Duration.ofMillis(millis).toNanos());
        }

        assertThat(latencies.summary()).isEqualTo("50.0 / 95.0 / 99.0 ms");
        assertThat(latencies.millis(0)).isEqualTo(1);
        assertThat(latencies.millis(100)).isEqualTo(100);
        assertThat(new Latencies().millis(99)).isZero();
    }

    @Test
    void aFigureSaysWhetherItsGoalIsMet() {
        var result = new Result(
                List.of(
                        new Result.Figure("launches", "150/s", "at least 200/s", false),
                        Result.Figure.of("realms", "7")),
                List.of());

        assertThat(result.table().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly("launches 150/s at least 200/s MISSED", "realms 7");
    }

    @Test
    void chartsAreWellFormedSvg() throws Exception {
        var latencies = new Latencies();
        latencies.add(1_000_000);
        latencies.add(9_000_000);
        for (Chart chart : List.of(
                new Chart.Percentiles("p", "Latency", latencies),
                new Chart.Percentiles("none", "Nothing", new Latencies()),
                new Chart.Bars(
                        "b",
                        "Beside",
                        "per second",
                        List.of(new Chart.Bars.Bar("a", 3), new Chart.Bars.Bar("b", 0))))) {
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));

            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        }
    }

    @Test
    void benchmarksAreAskedForByName() {
        assertThat(Options.parse("launches", "--seconds", "5").benchmarks())
                .extracting(Benchmark::name)
                .containsExactly("launches");
        assertThat(Options.parse().benchmarks()).hasSameSizeAs(Benchmark.all());
        assertThatThrownBy(() -> Options.parse("lunches"))
                .isInstanceOf(LocalRunException.class)
                .hasMessageStartingWith("unknown benchmark lunches");
        assertThatThrownBy(() -> Options.parse("--seconds", "0")).isInstanceOf(LocalRunException.class);
    }
}
